"""The verb of insight: the board sets a goal."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from knowledgebank.insight.permissions import can_set_goal
from knowledgebank.models import ThemeGoal, ThemePage
from kpo.audit import log as audit
from kpo.people.models import User
from kpo.people.reader import reader_for


@transaction.atomic
def set_goal(*, actor: User, theme: ThemePage, percent: int | None) -> None:
    """How much of what is about a theme is to be reviewed; None takes the goal away."""
    reader = reader_for(actor)
    if not can_set_goal(reader) or not reader.holds(theme.audience):
        raise PermissionDenied
    if percent is None:
        ThemeGoal.objects.filter(theme=theme).delete()
    else:
        ThemeGoal.objects.update_or_create(theme=theme, defaults={"percent": percent})
    audit.record("knowledgebank.set_goal", actor=actor, obj=theme, details={"percent": percent})
