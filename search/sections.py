"""The best section of a hit: runs of characters counted section by section, for the few best hits.

A long document that has the words asked strewn about falls behind one that has them together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.dutch import Word, analyze

K1, B = 1.2, 0.25
MEAN_WORDS = 100

# Pairs of which word of a question, and which of its runs of characters.
Runs = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Sections:
    """Per word the numbers of the sections it stands in, as often as it does; and their lengths."""

    places: Mapping[str, tuple[int, ...]]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, sections: Iterable[Sequence[str]]) -> Sections:
        places: dict[str, list[int]] = defaultdict(list)
        lengths = []
        for number, words in enumerate(sections):
            lengths.append(len(words))
            for word in words:
                places[word].append(number)
        return cls({word: tuple(at) for word, at in places.items()}, tuple(lengths))


class Sought:
    """One question, of which every word met is compared with the words asked only once."""

    def __init__(self, words: Iterable[Word], idf: Mapping[str, float]) -> None:
        self._words = tuple(words)
        self._worth = [max(idf.get(w.stem, 1.0), 0.0) / len(w.grams) for w in self._words]
        self._known: dict[str, Runs] = {}

    def best(self, sections: Sections) -> float:
        """BM25 of the best section: a word weighs as its rarity, shared out over its runs."""
        counts: dict[int, Counter[tuple[int, str]]] = defaultdict(Counter)
        for text, places in sections.places.items():
            if runs := self._shared(text):
                for number in places:
                    counts[number].update(runs)
        scores = (self._score(found, sections.lengths[at]) for at, found in counts.items())
        return max(scores, default=0.0)

    def _shared(self, text: str) -> Runs:
        known = self._known.get(text)
        if known is None:
            grams = analyze(text).gram_set
            asked = enumerate(self._words)
            known = tuple((at, gram) for at, word in asked for gram in word.gram_set & grams)
            self._known[text] = known
        return known

    def _score(self, found: Counter[tuple[int, str]], length: int) -> float:
        norm = K1 * (1 - B + B * length / MEAN_WORDS)
        return sum(
            self._worth[at] * count * (K1 + 1) / (count + norm) for (at, _), count in found.items()
        )
