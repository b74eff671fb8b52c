"""Who can read a page, said in the editor: how many people of how many organisations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from kpo.people import tokens
from kpo.people.models import User


@dataclass(frozen=True)
class Readership:
    """How many active people, of how many organisations, hold a token."""

    label: str
    people: int
    organisations: int
    is_everybody: bool


def readership(token: str) -> Readership:
    people = User.objects.holding(token)
    return Readership(
        label=tokens.label(token),
        people=people.count(),
        organisations=people.order_by().values("organisation").distinct().count(),
        is_everybody=token == tokens.PUBLIC,
    )


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
