"""Choosing passages and marking what was asked for, in text the reader may read."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.dutch import STOP_WORDS, Word, analyze, mend, tokens
from search.evidence import ALIKE, ALL_PARTS, LEAST_ALIKE, ONE_PART, SAME, likeness

# Characters of context in a shown passage.
SHOWN = 280
MEAN_WORDS = 250
K1, B = 1.2, 0.25
BESIDE = 0.6
MARKED = 0.3


class Asked:
    """The words of a question, and per word of a text how well it answers one of them."""

    def __init__(self, words: Iterable[Word], idf: Mapping[str, float]) -> None:
        self._words = tuple(words)
        self._idf = idf
        self._known: dict[str, tuple[int, float]] = {}

    @property
    def forms(self) -> list[str]:
        """Everything one of which a passage must have to be worth reading."""
        return list(dict.fromkeys(form for word in self._words for form in word.forms))

    def answer(self, text: str) -> tuple[int, float]:
        """Which word of the question a normalized word answers, and how well; (-1, 0) for none."""
        if text not in self._known:
            other = analyze(text)
            found = [(_credit(word, other), -at) for at, word in enumerate(self._words)]
            best, at = max(found, default=(0.0, 1))
            self._known[text] = (-at, best) if best > 0 else (-1, 0.0)
        return self._known[text]

    def rarity(self, at: int) -> float:
        return max(self._idf.get(self._words[at].stem, 1.0), 0.1)

    def weigh(self, words: list[str], heading: Iterable[str] = ()) -> float:
        """How well a passage answers: BM25 over the words asked, more where they stand together."""
        counts = [0.0] * len(self._words)
        together, before = 0, -1
        for word in words:
            at, credit = self.answer(word)
            if at >= 0:
                counts[at] += credit
                together += before >= 0 and before != at
            before = at
        for word in heading:
            at, credit = self.answer(word)
            if at >= 0:
                counts[at] += 2 * credit
        norm = K1 * (1 - B + B * len(words) / MEAN_WORDS)
        found = sum(
            self.rarity(at) * count * (K1 + 1) / (count + norm)
            for at, count in enumerate(counts)
            if count
        )
        share = sum(count > 0 for count in counts) / max(len(counts), 1)
        return found * (0.5 + 0.5 * share) + BESIDE * math.log1p(together)


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
    text = " ".join(mend(text).split())
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
    found = []
    for word, first, last in tokens(text):
        if word in STOP_WORDS:
            continue
        at, credit = asked.answer(word)
        if credit >= MARKED:
            found.append((first, last, credit * asked.rarity(at)))
    return found


def _stretch(text: str, found: list[tuple[int, int, float]], length: int) -> tuple[int, int]:
    """Where to cut, at spaces: the window with the most weight, a little before its first mark."""
    if len(text) <= length:
        return 0, len(text)
    best, start = 0.0, 0
    for first, _, _ in found:
        inside = sum(w for f, last, w in found if first <= f and last <= first + length * 0.8)
        if inside > best:
            best, start = inside, first
    start = max(0, start - length // 5)
    if start:
        start = text.find(" ", start) + 1 or start
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + length // 2)
    return start, end
