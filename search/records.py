"""What is found: records of whole documents, made of passages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that a hit may land on: a page of a PDF, or a section with an anchor."""

    text: str
    page: int | None = None
    anchor: str | None = None
    file: str | None = None
    heading: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One findable thing with everything the index needs of it."""

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
    date: Date | None = None
    language: str = "nl"
    review_state: str = ""
    is_obsolete: bool = False
    version: int = 0
