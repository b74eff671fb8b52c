"""The map of the regions as tiles, with what a reader may read of each, and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from kpo.people.choices import Region
from kpo.people.reader import Reader

# How dark a tile may be; the darkest is for the region with most.
LEVELS = 4
SOFT_HYPHEN = "\u00ad"
# Short for small screens, and the name with places where it may be broken.
TILES: dict[str, tuple[str, str]] = {
    Region.NOORD_HOLLAND: ("NH", "Noord-Holland"),
    Region.NOORD_NEDERLAND: ("NN", "Noord-Neder|land"),
    Region.DEN_HAAG: ("DH", "Den Haag"),
    Region.AMSTERDAM_AMSTELLAND: ("AA", "Amster|dam-Amstel|land"),
    Region.MIDDEN_NEDERLAND: ("MN", "Midden-Neder|land"),
    Region.OOST_NEDERLAND: ("ON", "Oost-Neder|land"),
    Region.ROTTERDAM: ("RT", "Rotter|dam"),
    Region.ZEELAND_WEST_BRABANT: ("ZWB", "Zeeland-West-Brabant"),
    Region.OOST_BRABANT: ("OB", "Oost-Brabant"),
    Region.CARIBBEAN: ("CN", "Cari|bisch Neder|land"),
    Region.LIMBURG: ("LI", "Limburg"),
}
# What is counted per region, in the order of the table.
KINDS = {
    "initiatives": "Initiatieven",
    "practices": "Praktijk",
    "documents": "Documenten",
    "events": "Bijeenkomsten",
}


@dataclass(frozen=True)
class RegionLine:
    """One region: a tile where `code` is set, and always a line of the table."""

    region: str
    label: str
    code: str
    name: str
    page: Any
    counts: Mapping[str, int]
    level: int
    is_own: bool

    @property
    def number(self) -> int:
        return told_on_tile(self.counts)


def counts_per_region(rows: QuerySet[Any], column: str = "regions") -> dict[str, int]:
    """How many of `rows` name each region, in one query; a row may name several."""
    is_list = column == "regions"
    conditions = {
        region: Q(**{f"{column}__contains": [region]}) if is_list else Q(**{column: region})
        for region in Region.values
    }
    counted = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    return rows.order_by().aggregate(**counted)


def told_on_tile(counts: Mapping[str, int]) -> int:
    """What people do there; documents and meetings stand in the table."""
    return counts["initiatives"] + counts["practices"]


def region_lines(
    reader: Reader, pages: Mapping[str, Any], counts: Mapping[str, Mapping[str, int]]
) -> list[RegionLine]:
    """All regions in the order of the choices. `pages` and `counts` are what the reader may read.

    `counts` has per kind of KINDS the number of each region.
    """
    by_region = {region: {kind: counts[kind][region] for kind in KINDS} for region in Region.values}
    most = max(told_on_tile(by_region[region]) for region in TILES)
    own = reader.person.organisation.region if reader.person else ""
    return [
        RegionLine(
            region=region,
            label=Region(region).label,
            code=TILES.get(region, ("", ""))[0],
            name=TILES.get(region, ("", ""))[1].replace("|", SOFT_HYPHEN),
            page=pages.get(region),
            counts=by_region[region],
            level=_level(told_on_tile(by_region[region]), most),
            is_own=region == own,
        )
        for region in Region.values
    ]


def _level(number: int, most: int) -> int:
    """From 1 for none to LEVELS for the most."""
    return 1 if not number else 1 + max(1, round((LEVELS - 1) * number / most))
