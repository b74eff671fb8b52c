"""What is like a thing: asked of the same index, under the same rights, with its own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import structlog

from kpo.people.reader import Reader
from search import generations, hits, ranking
from search.dutch import analyze
from search.engines.protocol import Answer, EngineUnavailableError
from search.evidence import evidence
from search.inside import Thing
from search.models import Row
from search.questions import Question, Wanted
from search.stores import store
from search.weights import weights

MOST_WORDS = 20
CONSIDERED = 20
# A thing that has less of the words than this is only about the same field, not alike.
LEAST_ALIKE = 0.35
PERSON = "person"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Alike:
    """A thing that is like another, from rows the reader may read."""

    row: Row
    obj: Any


def similar(reader: Reader, thing: Thing, limit: int = 5) -> list[Alike]:
    """The things most like this one that the reader may read; none while the engine is away."""
    wanted = telling_words(thing.row)
    try:
        answer = _ask(reader, wanted)
    except EngineUnavailableError as error:
        log.warning("search.no_similar", reason=str(error))
        return []
    others = [
        candidate
        for candidate in answer.candidates
        if candidate.key != thing.row.key and candidate.type != PERSON and not candidate.is_obsolete
    ]
    keys = [candidate.key for candidate in others]
    rows = {row.key: row for row in Row.objects.visible_to(reader).records().filter(key__in=keys)}
    alike = set(_alike(rows, wanted, answer))
    near = [candidate for candidate in others if candidate.key in alike][:limit]
    found, _ = hits.read_again(reader, near, rows)
    return [Alike(rows[one.candidate.key], one.obj) for one in found]


def telling_words(row: Row) -> Wanted:
    """Title, short names and summary say what a thing is about; where they are short, headings."""
    said = dict.fromkeys([*row.words.split(), *row.heading_vocabulary.split()])
    return Wanted(words=tuple(analyze(word) for word in list(said)[:MOST_WORDS]))


def _ask(reader: Reader, wanted: Wanted) -> Answer:
    known, withheld = generations.snapshot()
    question = Question(wanted, reader.audiences, withheld, limit=CONSIDERED)
    return store().engine(lambda: generations.serving(known)).ask(question, weights())


def _alike(rows: dict[str, Row], wanted: Wanted, answer: Answer) -> Iterator[str]:
    for key, fields in ranking.fields_of(rows).items():
        if evidence(wanted.words, fields, answer.idf, frozenset(), weights()) >= LEAST_ALIKE:
            yield key
