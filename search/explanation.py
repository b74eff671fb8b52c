"""Why hits stand in this order: the very numbers of a search, for the hits its reader may read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kpo.people import tokens
from kpo.people.reader import Reader
from search import evidence, hits, queries, ranking
from search.dutch import Word
from search.evidence import Fields, Trace
from search.models import Row
from search.queries import Looked
from search.ranking import Scored
from search.records import SearchQuery
from search.weights import Weights, weights

MOST_EXPLAINED = 10
# As which kind of reader to ask: never with more than the asker's own rights.
KINDS: Mapping[str, frozenset[str] | None] = {
    "eigen": None,
    "account": frozenset({tokens.PUBLIC, tokens.ACCOUNTS}),
    "bezoeker": frozenset({tokens.PUBLIC}),
}


@dataclass(frozen=True, slots=True)
class WordFound:
    """A word of the question with where one hit has it."""

    text: str
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A hit with what made its score: (engine + words + section + together) times the boosts."""

    row: Row
    scored: Scored
    words: tuple[WordFound, ...]
    is_named: bool
    is_pinned: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer taken apart. `pinned` are those of the pins that were not found by words."""

    total: int
    engine: str
    notice: str | None
    words: tuple[str, ...]
    synonyms: Mapping[str, tuple[str, ...]]
    missing: frozenset[str]
    pinned: tuple[Row, ...]
    hits: tuple[Explained, ...]


def explain(reader: Reader, text: str, kind: str = "eigen") -> Explanation:
    """Ask as the search page does, and keep what it throws away."""
    asking = as_kind(reader, kind)
    weight = weights()
    looked = queries.look(asking, SearchQuery(text), weight)
    answer, wanted = looked.reply.answer, looked.reply.question.wanted
    scored = queries.ranked(ranking.scored, looked, weight)[:MOST_EXPLAINED]
    found = [one.candidate for one in scored]
    first = [one for one in queries.pinned_in(looked, found) if one not in found]
    back, _ = hits.read_again(asking, [*first, *found], looked.rows)
    readable = {one.candidate.key for one in back}
    return Explanation(
        total=answer.total,
        engine=looked.reply.engine.name,
        notice=looked.reply.notice,
        words=tuple(word.text for word in wanted.words),
        synonyms=_synonyms(looked),
        missing=frozenset(word.text for word in wanted.words if word.stem in answer.missing),
        pinned=tuple(looked.rows[one.key] for one in first if one.key in readable),
        hits=tuple(
            _explained(one, looked, weight) for one in scored if one.candidate.key in readable
        ),
    )


def as_kind(reader: Reader, kind: str) -> Reader:
    """The reader as one of KINDS, with nothing that the reader does not hold."""
    held = KINDS[kind]
    if held is None:
        return reader
    return Reader(reader.person, reader.audiences & held, reader.roles)


def _explained(one: Scored, looked: Looked, weight: Weights) -> Explained:
    key = one.candidate.key
    named = {candidate.key for candidate in looked.reply.answer.named}
    found = tuple(_words(looked, looked.fields[key], weight))
    return Explained(looked.rows[key], one, found, key in named, key in looked.pinned)


def _words(looked: Looked, fields: Fields, weight: Weights) -> Iterator[WordFound]:
    wanted, missing = looked.reply.question.wanted, looked.reply.answer.missing
    for word in wanted.words:
        traces = evidence.traces(word, fields, missing, weight, wanted.alternatives)
        yield WordFound(word.text, tuple(traces))


def _synonyms(looked: Looked) -> dict[str, tuple[str, ...]]:
    wanted = looked.reply.question.wanted
    return {
        word.text: tuple(" ".join(_texts(other)) for other in wanted.alternatives[word.stem])
        for word in wanted.words
        if word.stem in wanted.alternatives
    }


def _texts(words: tuple[Word, ...]) -> list[str]:
    return [word.text for word in words]
