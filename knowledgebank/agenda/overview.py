"""What the agenda shows a reader: events by month, of a theme or a region if one is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest

from knowledgebank.agenda.moments import month_of
from kpo.paging import page_of
from kpo.people.choices import Region

if TYPE_CHECKING:
    from knowledgebank.agenda.querysets import EventQuerySet
    from knowledgebank.models import EventPage, ThemePage
    from knowledgebank.querysets import KnowledgePageQuerySet


@dataclass(frozen=True)
class Month:
    """The events of one month, in the order of the list."""

    begins_on: date
    events: list[EventPage] = field(default_factory=list)


def by_month(events: Iterable[EventPage]) -> list[Month]:
    return [Month(on, list(rows)) for on, rows in groupby(events, lambda e: month_of(e.starts_at))]


def agenda(
    events: EventQuerySet, themes: KnowledgePageQuerySet, request: HttpRequest
) -> dict[str, Any]:
    """`events` (a page of them), `months`, the choices of the form and what is chosen there.

    `events` and `themes` are what the reader may read; what else an address asks for is ignored.
    """
    offered = list(themes.order_by("title").only("title", "slug"))
    theme = _chosen_theme(offered, request)
    region = request.GET.get("regio", "")
    region = region if region in Region.values else ""
    is_past = request.GET.get("toon", "") == "voorbij"
    rows = events.past() if is_past else events.upcoming()
    rows = rows.about(theme) if theme else rows
    rows = rows.in_region(region) if region else rows
    page = page_of(rows.as_listed(), request)
    chosen = {"thema": theme.slug if theme else "", "regio": region}
    kept = {name: value for name, value in chosen.items() if value}
    return {
        "events": page,
        "months": by_month(page),
        "themes": offered,
        "regions": Region.choices,
        "theme": theme,
        "region": region,
        "is_past": is_past,
        "is_filtered": bool(kept),
        "kept": urlencode(kept | ({"toon": "voorbij"} if is_past else {})),
        "kept_elsewhere": urlencode(kept | ({} if is_past else {"toon": "voorbij"})),
    }


def _chosen_theme(offered: list[ThemePage], request: HttpRequest) -> ThemePage | None:
    slug = request.GET.get("thema", "")
    return next((theme for theme in offered if theme.slug == slug), None)
