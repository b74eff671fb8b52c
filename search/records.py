"""What is found and what is answered: the values that pass between sources, engines and screens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

PAGE_SIZE = 10
FILTERS = ("theme", "kind", "region", "organisation", "year", "review_state")
Sort = Literal["relevance", "date"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that a hit may land on: a page of a PDF, or a section with an anchor.

    `page` is 1-based, `file` the original file name, `url` where the passage opens if that is not
    the record's own address.
    """

    text: str
    page: int | None = None
    anchor: str | None = None
    file: str | None = None
    heading: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One findable thing with everything the index needs of it.

    `key` is "type:uuid". `version` 0 lets the database number the change; any other value is kept,
    and a lower one never overwrites a higher one.
    """

    key: str
    type: str
    title: str
    audience: str
    url: str
    summary: str = ""
    short_names: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    themes: tuple[str, ...] = ()
    kind: str = ""
    regions: tuple[str, ...] = ()
    organisation: str = ""
    date: dt.date | None = None
    language: str = "nl"
    review_state: str = ""
    is_obsolete: bool = False
    # What open pages that link here call it.
    link_texts: tuple[str, ...] = ()
    # What this record calls other pages, by their random ids.
    links: tuple[tuple[UUID, str], ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What a person asks. `filters` maps a name of FILTERS to values of which one must hold."""

    text: str
    type: str | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class HitPassage:
    """A piece of a hit as safe HTML, with `<mark>` around what was asked for."""

    html: str
    page: int | None
    anchor: str | None
    heading: str
    file: str | None
    url: str


@dataclass(frozen=True, slots=True)
class Also:
    """A thing with nearly the same words as a hit, which the reader may read as well."""

    key: str
    type: str
    title: str
    url: str
    audience: str
    date: dt.date | None
    is_obsolete: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found, from the rows the reader may read; `url` opens the best passage."""

    key: str
    type: str
    title: str
    title_html: str
    url: str
    file: str | None
    page: int | None
    anchor: str | None
    audience: str
    score: float
    summary: str
    passages: tuple[HitPassage, ...]
    more_passages: int
    row: Any
    is_obsolete: bool
    review_state: str
    kind: str
    date: dt.date | None
    # Slugs of the themes it is about, as far as all its readers may read them.
    themes: tuple[str, ...] = ()
    is_pinned: bool = False
    also: tuple[Also, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer. `types` counts per type as if no type were chosen.

    `shown` is how many of `total` stand on this page: what is folded into a hit counts, a pin that
    was not found by its words does not.
    """

    total: int
    hits: tuple[Hit, ...]
    types: Mapping[str, int]
    facets: Mapping[str, Mapping[str, int]]
    notice: str | None
    corrected: str | None
    page: int
    pages: int
    shown: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title to jump to while typing."""

    text: str
    url: str
    type: str
