"""The lists on the home page of the CMS, without pages whose audience the user does not hold.

Wagtail fills them by group, by who edited last and by who locked: it knows no audiences.
"""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.admin.views import home

from kpo.pages.permissions import can_work_on


class ToModerate(home.WorkflowObjectsToModeratePanel):
    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        user = context["request"].user
        context["states"] = [row for row in context["states"] if can_work_on(user, row["obj"])]
        return context


class HandedIn(home.UserObjectsInWorkflowModerationPanel):
    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        user, states = context["request"].user, context["workflow_states"]
        context["workflow_states"] = [s for s in states if can_work_on(user, s.content_object)]
        return context


class EditedLast(home.RecentEditsPanel):
    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        user, edits = context["request"].user, context["last_edits"]
        context["last_edits"] = [(at, page) for at, page in edits if can_work_on(user, page)]
        return context


class Locked(home.LockedPagesPanel):
    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        user, pages = context["request"].user, context["locked_pages"]
        context["locked_pages"] = [page for page in pages if can_work_on(user, page)]
        return context


HELD: dict[type[Component], type[Component]] = {
    home.WorkflowObjectsToModeratePanel: ToModerate,
    home.UserObjectsInWorkflowModerationPanel: HandedIn,
    home.RecentEditsPanel: EditedLast,
    home.LockedPagesPanel: Locked,
}


def held(panels: list[Component]) -> list[Component]:
    """The same panels, Wagtail's own replaced by ours."""
    return [HELD[type(panel)]() if type(panel) in HELD else panel for panel in panels]
