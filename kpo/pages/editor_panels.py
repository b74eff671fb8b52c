"""Panels of the page editor: who can read the page, why case data may stay, and whom to pick."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.forms import HiddenInput
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, Panel

from kpo.pages.readership import readership
from kpo.people.models import User
from kpo.people.reader import cms_reader


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


class PersonPanel(FieldPanel):
    """Offers the people who show themselves to the editor, and whoever is chosen already."""

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.bound_field is None or self.request is None:
                return
            shown = User.objects.visible_to(cms_reader(self.request.user)).values("pk")
            chosen = getattr(self.instance, f"{self.field_name}_id", None)
            people = User.objects.filter(Q(pk__in=shown) | Q(pk=chosen))
            self.bound_field.field.queryset = people
