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


class _Runs(dict[str, Runs]):
    """Per word of a text the runs it shares with the words asked; each word is compared once."""

    def __init__(self, asked: Sequence[Word]) -> None:
        super().__init__()
        self._asked = asked
        self._every = frozenset(gram for word in asked for gram in word.gram_set)

    def __missing__(self, text: str) -> Runs:
        grams = analyze(text).gram_set
        runs: Runs = ()
        # Most words share nothing with a question, and this tells so at once.
        if not self._every.isdisjoint(grams):
            asked = enumerate(self._asked)
            runs = tuple((at, gram) for at, word in asked for gram in word.gram_set & grams)
        self[text] = runs
        return runs


class Sought:
    """One question, as it is looked for in sections."""

    def __init__(self, words: Iterable[Word], idf: Mapping[str, float]) -> None:
        asked = tuple(words)
        self._worth = [max(idf.get(w.stem, 1.0), 0.0) / len(w.grams) for w in asked]
        self._runs = _Runs(asked)

    def best(self, sections: Sections) -> float:
        """BM25 of the best section: a word weighs as its rarity, shared out over its runs."""
        found: dict[int, list[tuple[int, str]]] = defaultdict(list)
        known = self._runs
        for text, places in sections.places.items():
            if runs := known[text]:
                for number in places:
                    found[number] += runs
        scores = (self._score(Counter(runs), sections.lengths[at]) for at, runs in found.items())
        return max(scores, default=0.0)

    def _score(self, found: Counter[tuple[int, str]], length: int) -> float:
        norm = K1 * (1 - B + B * length / MEAN_WORDS)
        return sum(
            self._worth[at] * count * (K1 + 1) / (count + norm) for (at, _), count in found.items()
        )
