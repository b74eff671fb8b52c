"""What the page of a region and the overview of regions show a reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest

from knowledgebank.models.documents import KnowledgeDocument
from knowledgebank.models.events import EventPage
from knowledgebank.models.practices import Practice
from knowledgebank.models.themes import ThemePage
from knowledgebank.regions.tilemap import RegionLine, counts_per_region, region_lines
from kpo.paging import page_of
from kpo.people.reader import Reader

if TYPE_CHECKING:
    from knowledgebank.models.regions import Initiative, RegionPage

# How many of each list stand on the page itself.
FIRST = 6
OTHER = "Andere onderwerpen"


@dataclass(frozen=True)
class ThemeGroup:
    """The initiatives of one theme; `theme` is None where the reader may not read it."""

    theme: ThemePage | None
    initiatives: list[Initiative] = field(default_factory=list)

    @property
    def heading(self) -> str:
        return self.theme.title if self.theme else OTHER


def practices_in(region: str, reader: Reader) -> QuerySet[Any]:
    practices = Practice.objects.visible_to(reader).current().in_region(region).newest_first()
    rows = practices.select_related("organisation")
    return rows.as_listed("organisation__name", "place", "outcome")


def documents_in(region: str, reader: Reader) -> QuerySet[Any]:
    documents = KnowledgeDocument.objects.visible_to(reader).current().in_region(region)
    rows = documents.newest_first().select_related("publisher")
    return rows.as_listed("publisher__name", "kind", "dated_on")


def events_in(region: str, reader: Reader) -> QuerySet[Any]:
    return EventPage.objects.visible_to(reader).in_region(region).upcoming().as_listed()


LISTS = {"praktijk": practices_in, "documenten": documents_in, "bijeenkomsten": events_in}


def region_sections(page: RegionPage, reader: Reader, request: HttpRequest) -> dict[str, Any]:
    """`groups` of initiatives, and of each list the first few with its total.

    With `toon` in the address one list stands there whole, by pages, in place of all else.
    """
    chosen = request.GET.get("toon", "")
    if chosen in LISTS:
        rows = LISTS[chosen](page.region, reader)
        return {"chosen": chosen, "rows": page_of(rows, request), "kept": f"toon={chosen}"}
    return {
        "chosen": "",
        "groups": groups_for(list(page.initiatives.all()), reader),
        **{name: _beginning(rows(page.region, reader)) for name, rows in LISTS.items()},
    }


def _beginning(rows: QuerySet[Any]) -> dict[str, Any]:
    """The first of a list and how many there are; nothing more is asked of a short list."""
    first = list(rows[: FIRST + 1])
    total = len(first) if len(first) <= FIRST else rows.count()
    return {"first": first[:FIRST], "total": total, "has_more": total > FIRST}


def groups_for(initiatives: list[Initiative], reader: Reader) -> list[ThemeGroup]:
    """By theme in the order of titles; what has no theme that the reader may read comes last."""
    asked = {one.theme_id for one in initiatives if one.theme_id}
    themes = ThemePage.objects.visible_to(reader).filter(pk__in=asked).order_by("title")
    groups = {theme.pk: ThemeGroup(theme) for theme in themes.only("title", "url_path")}
    other = ThemeGroup(None)
    for one in initiatives:
        groups.get(one.theme_id, other).initiatives.append(one)
    return [*groups.values(), *([other] if other.initiatives else [])]


def region_overview(
    pages: QuerySet[Any], initiatives: QuerySet[Any], reader: Reader
) -> list[RegionLine]:
    """All regions with what `reader` may read there; the same rows as on the pages themselves."""
    by_region = {page.region: page for page in pages.order_by("-path")}
    shown = initiatives.filter(page__in=[page.pk for page in by_region.values()])
    counts = {
        "initiatives": counts_per_region(shown, "page__region"),
        "practices": counts_per_region(Practice.objects.visible_to(reader).current()),
        "documents": counts_per_region(KnowledgeDocument.objects.visible_to(reader).current()),
        "events": counts_per_region(EventPage.objects.visible_to(reader).upcoming()),
    }
    return region_lines(reader, by_region, counts)
