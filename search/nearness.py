"""How near each other the words asked stand in a hit: `riool water` is a sewer where these meet.

Words strewn over a long report are in it by chance; side by side, or in one compound, they are what
was asked for. Every pair of neighbors in the question counts at its nearest.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from search.dutch import Word, analyze
from search.evidence import LEAST_ALIKE, slip
from search.expansion import Alternative, Alternatives
from search.sections import Sections, Vocabulary

# What a pair is worth by how far the second stands after the first; 0 is within one word.
AFTER = (1.0, 1.0, 0.7, *[0.4] * 3, *[0.2] * 7)
# In the other order they say a little less.
BEFORE = (1.0, 0.7, *[0.4] * 4, *[0.2] * 7)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A part of a word asked, as pairs of the index have them, and what else serves as well."""

    part: str
    word: Word
    rarity: float
    is_astray: bool
    others: tuple[Alternative, ...]


class Nearness:
    """One question, as its neighbors are looked for in the sections of hits."""

    def __init__(
        self,
        words: Iterable[Word],
        idf: Mapping[str, float],
        alternatives: Alternatives,
        missing: frozenset[str],
    ) -> None:
        self._units = tuple(_units(words, idf, alternatives, missing))
        self._pairs = [
            (at, at + 1, min(one.rarity, two.rarity))
            for at, (one, two) in enumerate(pairwise(self._units))
            if one.part != two.part
        ]
        self._most = sum(worth for _, _, worth in self._pairs)
        self._known: dict[tuple[int, int], list[frozenset[str]]] = {}

    def share(self, sections: Sections) -> float:
        """From 0, no two stand near each other, to 1: all do, as they were asked."""
        if not self._most:
            return 0.0
        texts = self._texts_in(sections.vocabulary)
        places = [
            _places(unit, mine & sections.places.keys(), sections)
            for unit, mine in zip(self._units, texts, strict=True)
        ]
        found = (worth * nearest(places[one], places[two]) for one, two, worth in self._pairs)
        return sum(found) / self._most

    def _texts_in(self, vocabulary: Vocabulary) -> list[frozenset[str]]:
        # A vocabulary that has learned more since is another one.
        known = id(vocabulary), len(vocabulary)
        if known not in self._known:
            self._known[known] = [frozenset(_texts(unit, vocabulary)) for unit in self._units]
        return self._known[known]


def _places(unit: _Unit, texts: Iterable[str], sections: Sections) -> Sequence[int]:
    """Where the unit stands, or what serves as well, in order."""
    found: list[Sequence[int]] = [sections.places[text] for text in texts]
    found += [sorted(_runs(other, sections)) for other in unit.others if len(other) > 1]
    return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))


def _units(
    words: Iterable[Word],
    idf: Mapping[str, float],
    alternatives: Alternatives,
    missing: frozenset[str],
) -> Iterator[_Unit]:
    for word in words:
        rarity = math.sqrt(max(idf.get(word.stem, 1.0), 0.0))
        others = alternatives.get(word.stem, ())
        for part in word.parts:
            yield _Unit(part, word, rarity, word.stem in missing, others)


def _texts(unit: _Unit, vocabulary: Vocabulary) -> Iterator[str]:
    """Words of sections that have the unit, mean the same, or look like what occurs nowhere."""
    yield from vocabulary.having(unit.part)
    for other in unit.others:
        if len(other) == 1:
            yield from vocabulary.answering(other[0])
    if unit.is_astray:
        for text in vocabulary.resembling(unit.word):
            if slip(unit.word, analyze(text)) >= LEAST_ALIKE:
                yield text


def _runs(other: Alternative, sections: Sections) -> Iterator[int]:
    """Where a synonym of several words stands: the places of its words, one after the other."""
    first, *rest = (
        frozenset(
            place
            for text in sections.vocabulary.answering(word) & sections.places.keys()
            for place in sections.places[text]
        )
        for word in other
    )
    for place in first:
        if all(place + step in places for step, places in enumerate(rest, 1)):
            yield from range(place, place + len(other))


def nearest(ones: Sequence[int], others: Sequence[int]) -> float:
    """What the best pair of places is worth, of two lists in order."""
    if len(ones) > len(others):
        return _best(others, ones, BEFORE, AFTER)
    return _best(ones, others, AFTER, BEFORE)


def _best(
    few: Sequence[int], many: Sequence[int], after: Sequence[float], before: Sequence[float]
) -> float:
    best, count = 0.0, len(many)
    for place in few:
        at = bisect_left(many, place)
        if at < count and (apart := many[at] - place) < len(after):
            best = max(best, after[apart])
        if at and (apart := place - many[at - 1]) < len(before):
            best = max(best, before[apart])
        if best == 1.0:
            break
    return best
