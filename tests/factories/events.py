"""Events in the states that tests need."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from knowledgebank.models import EventIndexPage, EventPage
from kpo.people import tokens
from tests.factories.pages import placed

_numbers = count(1)


def event_page(
    audience: str = tokens.PUBLIC,
    *,
    days: int = 7,
    live: bool = True,
    themes: Any = (),
    **fields: Any,
) -> Any:
    """An event of two hours that begins so many days from now; before now with fewer than 0."""
    number = next(_numbers)
    begin = timezone.now() + timedelta(days=days)
    values = {
        "title": f"Bijeenkomst {number}",
        "slug": f"bijeenkomst-{number}",
        "summary": f"Samenvatting {number}.",
        "place": f"Zaal {number}, Utrecht",
        "starts_at": begin,
        "ends_at": begin + timedelta(hours=2),
    }
    page = EventPage(audience=audience, **(values | fields))
    page.themes = themes
    return placed(EventIndexPage.objects.get(), page, live=live)
