"""Panels of the page editor: who can read the page, and why case data may stay."""

from __future__ import annotations

from typing import Any

from django.forms import HiddenInput
from django.urls import reverse
from wagtail.admin.panels import Panel

from kpo.pages.readership import readership


class AudiencePanel(Panel):
    """Shown on a page that exists; on a new page the form asks for the audience instead."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/admin/audience_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["readership"] = readership(self.instance.audience)
            context["change_url"] = reverse("change_audience", args=[self.instance.pk])
            return context


class CaseDataPanel(Panel):
    """The question why a number may stay; shown only after a warning."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "pages/admin/case_data_panel.html"

        def is_shown(self) -> bool:
            if self.form is None or "case_data_reason" not in self.form.fields:
                return False
            return not isinstance(self.form.fields["case_data_reason"].widget, HiddenInput)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["field"] = self.form["case_data_reason"]
            return context
