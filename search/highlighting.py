"""Choosing passages and marking what was asked for, in text the reader may read."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.dutch import STOP_WORDS, Word, analyze, mend, rarity, tokens
from search.evidence import ALL_PARTS, LEAST_ALIKE, NONE, ONE_PART, SAME, likeness
from search.expansion import Alternatives

# Characters of context in a shown passage.
SHOWN = 280
MEAN_WORDS = 250
K1, B = 1.2, 0.25
BESIDE = 0.6
MARKED = 0.3
# What a word that only looks like one asked counts.
ALIKE = 0.6
HEADING = 2.0
# Passages of a long report. How many a thing really has makes no difference worth a query.
MANY = 150
# From what credit on a passage has a word, and not only something like it.
WHOLE = ALL_PARTS

# The dots that lead the eye from a line of a table of contents to its page.
_LEADERS = re.compile(r"(?:[.·] ?){5,}")

# Pairs of which word of a question, and how well it is answered.
Answers = tuple[tuple[int, float], ...]
# The normalized words of a passage, and those of its heading.
Words = tuple[Sequence[str], Sequence[str]]


class _Known(dict[str, "Answers"]):
    """Per word of a text what it answers; each is compared once."""

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self._asked = asked

    def __missing__(self, text: str) -> Answers:
        answers = self[text] = self._asked.compare(text)
        return answers


class Asked:
    """The words of a question, and per word of a text how well it answers one of them."""

    def __init__(self, words: Iterable[Word], alternatives: Alternatives = NONE) -> None:
        self._words = tuple(words)
        self._rarity = [rarity(word.text) for word in self._words]
        self._known = _Known(self)
        others = [
            (at, other)
            for at, word in enumerate(self._words)
            for other in alternatives.get(word.stem, ())
        ]
        self._singles = [(at, other[0]) for at, other in others if len(other) == 1]
        every = [*self._words, *(word for _, word in self._singles)]
        self._grams = frozenset(gram for word in every for gram in word.gram_set)
        self._forms = frozenset(form for word in every for form in word.forms)
        # By the stem that a sequence begins with: those of its other words, and what it answers.
        self._sequences: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        for at, other in others:
            if len(other) > 1:
                rest = tuple(word.stem for word in other[1:])
                self._sequences[other[0].stem].append((rest, at))

    @property
    def forms(self) -> list[str]:
        """Everything one of which a passage must have to be worth reading."""
        words = [*self._words, *(word for _, word in self._singles)]
        return list(
            dict.fromkeys([*(form for word in words for form in word.forms), *self._sequences])
        )

    def answers(self, text: str) -> Answers:
        """Which words of the question a normalized word answers, and how well; a compound may
        answer several."""
        return self._known[text]

    def compare(self, text: str) -> Answers:
        """What `answers` remembers."""
        other = analyze(text)
        # Most words have nothing in common with any that was asked, and this tells so at once.
        if self._grams.isdisjoint(other.gram_set) and self._forms.isdisjoint(other.forms):
            return ()
        credits_ = [(at, _credit(word, other)) for at, word in enumerate(self._words)]
        for at, single in self._singles:
            # What only looks like a synonym is something else.
            credit = _credit(single, other)
            if credit >= ALL_PARTS:
                credits_[at] = (at, max(credits_[at][1], ALL_PARTS * credit))
        return tuple((at, credit) for at, credit in credits_ if credit > 0)

    def answered(self, words: Sequence[str]) -> list[Answers]:
        """Per word of a running text what it answers, by itself or with the words beside it."""
        known = self._known
        found = [known[word] for word in words]
        if not self._sequences:
            return found
        stems = [analyze(word).stem for word in words]
        for start, first in enumerate(stems):
            for rest, at in self._sequences.get(first, ()):
                end = start + 1 + len(rest)
                if tuple(stems[start + 1 : end]) == rest:
                    for place in range(start, end):
                        found[place] = (*found[place], (at, ALL_PARTS))
        return found

    def worth(self, found: Answers) -> float:
        """What marking a word that answers this is worth; 0 for what is too far off."""
        if max((credit for _, credit in found), default=0.0) < MARKED:
            return 0.0
        return sum(credit * self._rarity[at] for at, credit in found)

    def weigh(self, passages: Sequence[Words]) -> list[float]:
        """How well each of these passages of one thing answers: BM25 over the words asked, more
        where they stand together. A word that stands in few of them says more than one in many.
        """
        counted = [self._counted(words, heading) for words, heading in passages]
        rarities = [
            rare
            * math.log(1 + MANY / (1 + sum(counts.get(at, 0) >= WHOLE for counts, _ in counted)))
            for at, rare in enumerate(self._rarity)
        ]
        return [
            self._weight(counts, together, len(words), rarities)
            for (counts, together), (words, _) in zip(counted, passages, strict=True)
        ]

    def _weight(
        self, counts: Mapping[int, float], together: int, length: int, rarities: Sequence[float]
    ) -> float:
        norm = K1 * (1 - B + B * length / MEAN_WORDS)
        found = sum(
            rarities[at] * count * (K1 + 1) / (count + norm) for at, count in counts.items()
        )
        share = len(counts) / max(len(self._words), 1)
        return found * (0.5 + 0.5 * share) + BESIDE * math.log1p(together)

    def _counted(
        self, words: Sequence[str], heading: Sequence[str]
    ) -> tuple[dict[int, float], int]:
        """Per word of the question how often it is answered, and how often two are side by side."""
        counts: dict[int, float] = defaultdict(float)
        together, before = 0, frozenset[int]()
        for found in self.answered(words):
            # Most words answer nothing, and then there is little to do.
            if not found:
                before = frozenset()
                continue
            for at, credit in found:
                counts[at] += credit
            here = frozenset(at for at, _ in found)
            together += len(here) > 1 or bool(here and before and here != before)
            before = here
        for at, credit in (answer for word in heading for answer in self.answers(word)):
            counts[at] += HEADING * credit
        return counts, together


def _credit(asked: Word, other: Word) -> float:
    if asked.stem == other.stem:
        return SAME
    if asked.stem in other.parts or set(asked.parts) <= set(other.parts):
        return ALL_PARTS
    if other.stem in asked.parts:
        return 2 * ONE_PART
    if set(asked.parts) & set(other.parts):
        return ONE_PART
    alike = likeness(asked, other)
    return ALIKE * alike if alike >= LEAST_ALIKE else 0.0


def mark(text: str, asked: Asked, *, length: int | None = SHOWN) -> SafeString:
    """The stretch of a text that answers best, as safe HTML with `<mark>`; whole if length None."""
    text = " ".join(_LEADERS.sub(" … ", mend(text)).split())
    found = _found(text, asked)
    start, end = (0, len(text)) if length is None else _stretch(text, found, length)
    pieces, at = ["… " if start > 0 else ""], start
    for first, last, _ in found:
        if first >= start and last <= end:
            pieces += [escape(text[at:first]), "<mark>", escape(text[first:last]), "</mark>"]
            at = last
    pieces += [escape(text[at:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(pieces))  # noqa: S308  every piece of text was escaped above


def _found(text: str, asked: Asked) -> list[tuple[int, int, float]]:
    """Where the words asked stand, and what each is worth."""
    words = [found for found in tokens(text) if found[0] not in STOP_WORDS]
    answers = asked.answered([word for word, _, _ in words])
    return [
        (first, last, worth)
        for (_, first, last), found in zip(words, answers, strict=True)
        if (worth := asked.worth(found))
    ]


def _densest(found: list[tuple[int, int, float]], length: float) -> int:
    """Where the window of this length begins that is worth most; its two ends only move on."""
    best, start, inside, until = 0.0, 0, 0.0, 0
    for at, (first, _, worth) in enumerate(found):
        until = max(until, at)
        while until < len(found) and found[until][1] <= first + length:
            inside += found[until][2]
            until += 1
        if inside > best:
            best, start = inside, first
        if until > at:
            inside -= worth
    return start


def _stretch(text: str, found: list[tuple[int, int, float]], length: int) -> tuple[int, int]:
    """Where to cut, at spaces: the window with the most weight, a little before its first mark."""
    if len(text) <= length:
        return 0, len(text)
    start = _densest(found, length * 0.8)
    start = max(0, start - length // 5)
    if start:
        start = text.find(" ", start) + 1 or start
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + length // 2)
    return start, end
