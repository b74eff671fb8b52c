"""The rules of review that somebody may know of in the CMS."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from knowledgebank.models import ReviewRule, ThemePage
from kpo.people.models import User
from kpo.people.reader import cms_reader


def rules_for(person: User) -> QuerySet[ReviewRule]:
    """Every rule but those about a theme that this person may not meet in the CMS."""
    themes: Any = ThemePage.objects.workable_by(cms_reader(person))
    return ReviewRule.objects.filter(Q(theme=None) | Q(theme__in=themes.values("pk")))
