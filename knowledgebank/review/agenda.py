"""The board's agenda: every open text in one list, with what the board decided on it."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from knowledgebank.models import ReviewItem
from knowledgebank.review.work import as_rows
from kpo.people.reader import Reader


def agenda_for(reader: Reader) -> list[Any]:
    """Open items that the reader may see: first what was put before the chair, then by date."""
    items = ReviewItem.objects.visible_to(reader).open()
    first = F("escalated_at").asc(nulls_last=True)
    return as_rows(items.prefetch_related("decisions"), reader, first)
