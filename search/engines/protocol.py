"""What an engine takes in and gives out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from search.questions import Question
from search.weights import Weights

FACETS = ("theme", "kind", "region", "organisation", "year", "review_state")


class EngineUnavailableError(Exception):
    """The engine cannot answer, or its index is not of this database; PostgreSQL answers then."""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A record as an index has it. Words are normalized and without stop words, see dutch.py."""

    key: str
    version: int
    audience: str
    type: str
    title: str
    names: tuple[str, ...]
    title_words: tuple[str, ...]
    heading_words: tuple[str, ...]
    # One tuple per passage, so that no phrase runs from one into the next.
    body_words: tuple[tuple[str, ...], ...]
    themes: tuple[str, ...]
    kind: str
    regions: tuple[str, ...]
    organisation: str
    date: dt.date | None
    review_state: str
    is_obsolete: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hit before it was read again. `value` is what it is sorted by: its score or its day."""

    key: str
    value: float
    version: int
    type: str
    is_obsolete: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Best candidates first, and numbers under the question's audiences, withheld keys left out.

    `named` are those whose title or short name is exactly what was asked. `idf` says per stem
    how rare it is, in what everyone with an account may read.
    """

    total: int
    candidates: tuple[Candidate, ...]
    named: tuple[Candidate, ...] = ()
    types: Mapping[str, int] = field(default_factory=dict)
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    idf: Mapping[str, float] = field(default_factory=dict)
    # Stems of the question that occur in nothing this reader may read.
    missing: frozenset[str] = frozenset()


class Engine(Protocol):
    """Answers questions. Raises EngineUnavailableError instead of anything of its own."""

    name: str

    def ask(self, question: Question, weights: Weights) -> Answer: ...

    def known(self) -> Iterable[tuple[str, int, str]]:
        """Key, version and audience of all it has, for the comparison with the table."""
        ...
