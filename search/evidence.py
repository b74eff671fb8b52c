"""Word evidence: which word of the question was found where in a hit, and how exactly.

The second look at the engine's best hits (SEARCH.md's formula): it ranks, and it explains.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from search.dutch import Word, analyze
from search.expansion import Alternative, Alternatives
from search.sections import LONGEST_BROKEN, Vocabulary, latest
from search.weights import Weights

# How sure a find makes us that the word itself was meant.
SAME = 1.0
ALL_PARTS = 0.8
LAST_PART = 0.36
ONE_PART = 0.3
# A word that was typed wrong stands for words that are at least this much alike.
LEAST_ALIKE = 0.5
# What occurs nowhere was mistyped: then the word that it looks like was meant, most of all one of
# which a single letter is wrong. A shorter word is one letter away from too many others.
MISTYPED = 0.8
LETTER_WRONG = 0.9
SHORTEST_MISTYPED = 5
# Words that differ more in length than this are not spelled wrong, but other words.
LENGTH_APART = 4
# Words of this length may be found as a piece of a longer one, which makes us less sure.
LONG_WORD = 8
HOLDING = 0.8
SAMPLED = 16
NONE: Alternatives = {}


@dataclass(frozen=True, slots=True)
class Text:
    """One field of a hit as sets, for quick looking up."""

    words: frozenset[str]
    stems: frozenset[str]
    parts: frozenset[str]
    # One stem in sixteen, the same ones in every text, for a first comparison of two.
    sample: frozenset[str]
    # Has at least these words, and knows which of them look like one that was asked.
    vocabulary: Vocabulary

    @classmethod
    def of(cls, words: Iterable[str]) -> Text:
        known = frozenset(words)
        vocabulary = latest.get()
        vocabulary.learn(known)
        analyzed = [analyze(word) for word in known]
        stems = frozenset(word.stem for word in analyzed)
        return cls(
            known,
            stems,
            frozenset(part for word in analyzed for part in word.parts),
            frozenset(stem for stem in stems if crc32(stem.encode()) % SAMPLED == 0),
            vocabulary,
        )

    def credit(
        self,
        word: Word,
        *,
        is_astray: bool = False,
        others: tuple[Alternative, ...] = (),
        synonym: float = 0.0,
    ) -> float:
        """How exactly this text has that word, from 0 to 1.

        `is_astray` says that the word occurs nowhere: then what merely looks like it counts too.
        Of `others`, which mean the same, all words of one must be here; `synonym` is their worth.
        """
        own = self._credit(word, is_astray=is_astray)
        if not others:
            return own
        return max(own, synonym * max(min(map(self.credit, other)) for other in others))

    def _credit(self, word: Word, *, is_astray: bool) -> float:
        if word.stem in self.stems:
            return SAME
        if word.stem in self.parts or self.parts.issuperset(word.parts):
            return ALL_PARTS
        some = max((self._part_credit(word, part) for part in word.parts), default=0.0)
        return max(some, self._alike(word)) if is_astray else some

    def _part_credit(self, word: Word, part: str) -> float:
        if part not in self.parts:
            return 0.0
        return LAST_PART if part == word.parts[-1] else ONE_PART

    def _alike(self, word: Word) -> float:
        near = self.vocabulary.resembling(word) & self.words
        best = max((slip(word, analyze(other)) for other in near), default=0.0)
        return MISTYPED * best if best >= LEAST_ALIKE else 0.0


def likeness(one: Word, other: Word) -> float:
    """How much two words look alike, from 0 to 1: by Dice's coefficient of their runs of four.

    Much longer words are compared with by what they have of the shorter one, since a compound that
    could not be taken apart holds it whole.
    """
    return _likeness(one.text, other.text)


@lru_cache(maxsize=200_000)
def _likeness(one: str, other: str) -> float:
    mine, others = analyze(one).gram_set, analyze(other).gram_set
    shared = len(mine & others)
    if abs(len(one) - len(other)) <= LENGTH_APART:
        return 2 * shared / (len(mine) + len(others))
    return HOLDING * shared / len(mine) if len(one) >= LONG_WORD else 0.0


def slip(astray: Word, other: Word) -> float:
    """How likely a word that occurs nowhere is another one with an error in it, from 0 to 1."""
    # Most words share nothing, which is sooner seen than looked up.
    if astray.gram_set.isdisjoint(other.gram_set) and not _may_be_broken(astray.text, other.text):
        return 0.0
    return _slip(astray.text, other.text)


def _may_be_broken(one: str, other: str) -> bool:
    """Whether a letter wrong may leave no run of these whole, as in the middle of a short word."""
    return len(one) <= LONGEST_BROKEN and abs(len(one) - len(other)) <= 1


@lru_cache(maxsize=200_000)
def _slip(one: str, other: str) -> float:
    is_long = min(len(one), len(other)) >= SHORTEST_MISTYPED
    return LETTER_WRONG if is_long and is_letter_wrong(one, other) else _likeness(one, other)


def is_letter_wrong(one: str, other: str) -> bool:
    """Whether a letter is left out, put in, replaced, or swapped with the next."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = _alike_from_the_start(one, other)
    end = _alike_from_the_start(one[start:][::-1], other[start:][::-1])
    mine, others = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(mine), len(others)) == 1 or (len(mine) == 2 and mine == others[::-1])


def _alike_from_the_start(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, its) in pairs if mine != its), min(len(one), len(other)))


NOTHING = Text.of(())


@dataclass(frozen=True, slots=True)
class Fields:
    """What of a hit is looked at; `links` is what open pages that link to it call it."""

    title: Text
    headings: Text
    body: Text
    links: Text = NOTHING
    is_reviewed: bool = False
    date: dt.date | None = None

    @property
    def vocabulary(self) -> frozenset[str]:
        """The words of the text, as compared with those of another."""
        return self.body.stems


def evidence(
    words: Iterable[Word],
    fields: Fields,
    idf: Mapping[str, float],
    missing: frozenset[str],
    weights: Weights,
    alternatives: Alternatives = NONE,
) -> float:
    """How well a hit accounts for the words asked, rare words counting most; from 0 to 1.

    `missing` are the stems that occur in nothing the reader may read.
    """
    present = [
        (text, sureness)
        for text, sureness in (
            (fields.title, weights.evidence_title),
            (fields.headings, weights.evidence_headings),
            (fields.body, weights.evidence_body),
            (fields.links, weights.evidence_links),
        )
        if text.words
    ]
    most = 1 - math.prod(1 - sureness for _, sureness in present)
    total = found = 0.0
    for word in words:
        rarity = math.sqrt(max(idf.get(word.stem, 1.0), 0.0))
        is_astray = word.stem in missing
        others = alternatives.get(word.stem, ())
        doubt = 1.0
        for text, sureness in present:
            doubt *= 1 - sureness * text.credit(
                word, is_astray=is_astray, others=others, synonym=weights.synonym
            )
        total += rarity
        found += rarity * (1 - doubt)
    return found / (total * most) if total and most else 0.0


@dataclass(frozen=True, slots=True)
class Trace:
    """That a word was found in a field, and how: a credit of this module, or "synonym"."""

    field: str
    credit: float
    is_synonym: bool


def traces(
    word: Word,
    fields: Fields,
    missing: frozenset[str],
    weights: Weights,
    alternatives: Alternatives = NONE,
) -> list[Trace]:
    """Where one word of the question was found: what `evidence` adds up."""
    is_astray, others = word.stem in missing, alternatives.get(word.stem, ())
    found = []
    for name in ("title", "headings", "body", "links"):
        text: Text = getattr(fields, name)
        itself = text.credit(word, is_astray=is_astray)
        best = text.credit(word, is_astray=is_astray, others=others, synonym=weights.synonym)
        if best:
            found.append(Trace(name, best, best > itself))
    return found


def is_all_in(words: Iterable[Word], text: Text, alternatives: Alternatives = NONE) -> bool:
    """Whether every word asked stands in this text: as itself, in a compound or by a synonym."""
    asked = list(words)
    return bool(asked) and all(
        text.credit(word, others=alternatives.get(word.stem, ()), synonym=SAME) >= ALL_PARTS
        for word in asked
    )
