"""Lists of ambassadors: who guards which theme, and who can."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from knowledgebank.models import Ambassador, ThemePage
from knowledgebank.querysets import BOARD
from kpo.people.models import User
from kpo.people.reader import Reader
from kpo.people.roles import Role


def guarded_themes(reader: Reader) -> QuerySet[ThemePage]:
    """The themes that the reader may read, each with its ambassadors."""
    guards = Ambassador.objects.select_related("person__organisation").order_by("since", "pk")
    themes: Any = ThemePage.objects.visible_to(reader).order_by("title")
    found: QuerySet[ThemePage] = themes.prefetch_related(Prefetch("ambassadors", queryset=guards))
    return found


def candidates() -> QuerySet[User]:
    """Who can be appointed: those to whom an administrator gave a role for it."""
    people = User.objects.active().with_role(Role.AMBASSADOR, *BOARD)
    return people.select_related("organisation").order_by("last_name", "first_name", "pk")
