"""What an engine takes in and gives out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, Self
from uuid import UUID

from search.fields import IndexDocument, Lengths
from search.questions import Question
from search.weights import Weights

TYPE = "type"
FACETS = ("theme", "kind", "region", "organisation", "year", "review_state")


class EngineUnavailableError(Exception):
    """The engine cannot answer now; PostgreSQL answers then, and what changes waits for it."""


class IndexLostError(EngineUnavailableError):
    """The engine answers that its index is gone, of another database, or of a format that it does
    not read: waiting helps nothing, the index is to be made anew."""


@dataclass(frozen=True, slots=True)
class Note:
    """What an index says of itself: whose it is, at which commit, and in which format."""

    generation: str
    commit: str
    format: int
    lengths: Lengths


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


def chosen(question: Question) -> list[str]:
    """The facets that something is chosen for, the type among them."""
    names = [name for name in FACETS if question.filters.get(name)]
    return [TYPE, *names] if question.type else names


def merged(lists: Iterable[Iterable[Candidate]], limit: int) -> tuple[Candidate, ...]:
    """Best first; equal ones by key, so that the order never depends on where they are stored."""
    every = [candidate for candidates in lists for candidate in candidates]
    every.sort(key=lambda candidate: (-candidate.value, candidate.key))
    return tuple(every[:limit])


class Engine(Protocol):
    """Answers questions. Raises EngineUnavailableError instead of anything of its own."""

    name: str

    def ask(self, question: Question, weights: Weights) -> Answer: ...


class Index(Protocol):
    """One generation of the index, wherever it lives: an open half and a closed one.

    Everything here raises IndexLostError where the index is not what it should be, and
    EngineUnavailableError where the engine is away or refuses.
    """

    def at(self, commits: frozenset[str]) -> Self:
        """This index for answering from, at one of these commits and no other."""
        ...

    def note(self) -> Note: ...

    def words(self) -> frozenset[str]:
        """The site's own words by which the compounds in this index were taken apart."""
        ...

    def write(
        self, documents: Iterable[IndexDocument], gone: Mapping[str, int], commit: UUID
    ) -> int:
        """Put documents in place of their older selves, take `gone` away (key: version of the
        removal), and say which commit this is. An older version never replaces a newer one.

        Gives how many left the open half: until the index is made anew, its statistics may count
        them."""
        ...

    def fill(self, documents: Iterable[IndexDocument]) -> None:
        """Put documents in an index that is being made, each as what it now is.

        They need not show before the next `write`, and what the index had of them already stays
        where it is elsewhere: whoever made it writes again all that changed meanwhile."""
        ...

    def known(self) -> Iterable[tuple[str, int, str]]:
        """Key, version and audience of all it has, for the comparison with the table."""
        ...

    def count(self) -> int:
        """How many documents it has."""
        ...


class Store(Protocol):
    """Where generations of the index are kept, and what answers from them."""

    name: str

    def create(
        self, generation: UUID, commit: UUID, lengths: Lengths, words: Iterable[str]
    ) -> Index:
        """A new, empty generation; what stood there is removed."""
        ...

    def open(self, generation: UUID) -> Index:
        """A generation as it stands; that it is there is noticed when it is used."""
        ...

    def keep_only(self, generation: UUID | None) -> None:
        """Remove all other generations of this site; who has one open may still read it."""
        ...

    def engine(self, serving: Callable[[], Any]) -> Engine:
        """What answers from the index that `serving` gives, asked anew for every question."""
        ...

    def warm(self, index: Any, questions: Iterable[Question], weights: Weights) -> None:
        """Ask until an answer comes in half the time that people wait for it."""
        ...
