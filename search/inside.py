"""Looking for words inside one thing: the pages and sections of it that answer, best first.

Answered from the rows, which the reader's rights filter; no engine is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kpo.people.reader import Reader
from search import synonyms
from search.dutch import Word, analyze
from search.evidence import LEAST_ALIKE, slip
from search.highlighting import Asked
from search.hits import best_parts, passage_of, texts_of
from search.models import Row
from search.questions import Wanted, parse
from search.records import HitPassage
from search.sources import all_sources, source_of

MOST_SHOWN = 40
MOST_ALIKE = 20


@dataclass(frozen=True, slots=True)
class Thing:
    """What is looked inside of, and the object behind it, read under the reader's rights."""

    row: Row
    obj: Any


@dataclass(frozen=True, slots=True)
class Places:
    """How many pieces of a thing answer, and the best of them."""

    total: int
    passages: tuple[HitPassage, ...]


def thing_for(reader: Reader, uuid: UUID) -> Thing | None:
    """The findable thing with this id, if the reader may read it."""
    keys = {f"{source.type}:{uuid}" for source in all_sources()}
    row = Row.objects.visible_to(reader).records().filter(key__in=keys).first()
    source = source_of(row.type) if row else None
    obj = source.visible_to(reader).filter(uuid=uuid).first() if source else None
    return Thing(row, obj) if row and obj else None


def look_inside(reader: Reader, thing: Thing, text: str) -> Places:
    """Where the words stand; a word that stands nowhere is read as those that look like it."""
    wanted = parse(text, synonyms.current(), thing.row.themes)
    asked = Asked([*wanted.words, *_meant(wanted, thing.row)], wanted.alternatives)
    if not asked.forms:
        return Places(0, ())
    rows = Row.objects.visible_to(reader).passages().filter(key=thing.row.key)
    having = [
        row
        for row in rows.filter(stems__overlap=asked.forms).values("part", "words", "heading")
        if _fits(row, wanted)
    ]
    best = best_parts(having, asked)
    shown = [(thing.row.key, part) for part in best[:MOST_SHOWN]]
    read = texts_of(reader, shown)
    found = (passage_of(thing.row, read[at], asked) for at in shown if at in read)
    return Places(len(best), tuple(found))


def _meant(wanted: Wanted, row: Row) -> list[Word]:
    """Words of the thing that look like a word asked for which it does not have."""
    known = [analyze(word) for word in row.vocabulary.split()]
    have = {form for word in known for form in word.forms}
    astray = [word for word in wanted.words if have.isdisjoint(word.forms)]
    near = ((max((slip(one, word) for one in astray), default=0.0), word) for word in known)
    alike = sorted((pair for pair in near if pair[0] >= LEAST_ALIKE), key=lambda pair: -pair[0])
    return [word for _, word in alike[:MOST_ALIKE]]


def _fits(row: Mapping[str, Any], wanted: Wanted) -> bool:
    """Whether one of each group of phrases stands there, and nothing unwanted."""
    have = [analyze(word).stem for word in row["words"].split()]
    return all(any(_runs(have, words) for words in group) for group in wanted.phrases) and not any(
        _runs(have, words) for words in wanted.unwanted
    )


def _runs(have: Sequence[str], words: Sequence[str]) -> bool:
    """Whether these words stand there beside each other."""
    stems = [analyze(word).stem for word in words]
    return any(have[at : at + len(stems)] == stems for at in range(len(have) - len(stems) + 1))
