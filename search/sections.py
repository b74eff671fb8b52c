"""The best section of a hit: runs of characters counted section by section, for the few best hits.

A long document that has the words asked strewn about falls behind one that has them together.
"""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.dutch import Word, analyze
from search.expansion import Alternatives

K1, B = 1.2, 0.25
MEAN_WORDS = 100
# Words of one vocabulary, about 40 MB.
MOST_WORDS = 200_000

# Pairs of which wording of a question, and which of its runs of characters.
Runs = tuple[tuple[int, str], ...]


class Vocabulary:
    """The words of all sections made with it, by the runs of characters that they have.

    Comparing every word of twenty long documents with a question took longer than all the rest.
    """

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._having: dict[str, list[str]] = defaultdict(list)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._known)

    def learn(self, words: Iterable[str]) -> None:
        with self._lock:
            for word in set(words) - self._known:
                for gram in analyze(word).gram_set:
                    self._having[gram].append(word)
                self._known.add(word)

    def like(self, wordings: Iterable[Iterable[Word]]) -> Mapping[str, Runs]:
        """The words that share a run with one of these wordings: the number of it, and the run."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for at, words in enumerate(wordings):
            for gram in frozenset(gram for word in words for gram in word.gram_set):
                for other in self._having.get(gram, ()):
                    found[other].append((at, gram))
        return {word: tuple(runs) for word, runs in found.items()}


class _Latest:
    """The vocabulary for new sections; a full one lives as long as sections made with it."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()

    def get(self) -> Vocabulary:
        if len(self.vocabulary) > MOST_WORDS:
            self.vocabulary = Vocabulary()
        return self.vocabulary


_latest = _Latest()


@dataclass(frozen=True, slots=True)
class Sections:
    """Per word the numbers of the sections it stands in, as often as it does; and their lengths."""

    places: Mapping[str, tuple[int, ...]]
    lengths: tuple[int, ...]
    vocabulary: Vocabulary

    @classmethod
    def of(cls, sections: Iterable[Sequence[str]]) -> Sections:
        places: dict[str, list[int]] = defaultdict(list)
        lengths = []
        for number, words in enumerate(sections):
            lengths.append(len(words))
            for word in words:
                places[word].append(number)
        vocabulary = _latest.get()
        vocabulary.learn(places)
        return cls({word: tuple(at) for word, at in places.items()}, tuple(lengths), vocabulary)


@dataclass(frozen=True, slots=True)
class _Wording:
    """One way to say a word of the question; `worth` is that of each of its runs."""

    asked: int
    words: tuple[Word, ...]
    worth: float


class Sought:
    """One question, as it is looked for in sections: its words, or what means the same."""

    def __init__(
        self,
        words: Iterable[Word],
        idf: Mapping[str, float],
        alternatives: Alternatives | None = None,
        synonym: float = 0.0,
    ) -> None:
        self._wordings = tuple(_wordings(tuple(words), idf, alternatives or {}, synonym))
        self._runs: dict[tuple[int, int], Mapping[str, Runs]] = {}

    def best(self, sections: Sections) -> float:
        """BM25 of the best section: a word weighs as its rarity, shared out over its runs."""
        runs = self._runs_in(sections.vocabulary)
        found: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for text in runs.keys() & sections.places.keys():
            for number in sections.places[text]:
                found[number] += runs[text]
        scores = (self._score(Counter(runs), sections.lengths[at]) for at, runs in found.items())
        return max(scores, default=0.0)

    def _runs_in(self, vocabulary: Vocabulary) -> Mapping[str, Runs]:
        # A vocabulary that has learned more since is another one.
        known = id(vocabulary), len(vocabulary)
        if known not in self._runs:
            self._runs[known] = vocabulary.like([wording.words for wording in self._wordings])
        return self._runs[known]

    def _score(self, found: Counter[tuple[int, str]], length: int) -> float:
        norm = K1 * (1 - B + B * length / MEAN_WORDS)
        scores = [0.0] * len(self._wordings)
        # In one order, since that of a set would change the last digit from run to run.
        for (at, _), count in sorted(found.items()):
            scores[at] += self._wordings[at].worth * count * (K1 + 1) / (count + norm)
        best: dict[int, float] = defaultdict(float)
        for wording, score in zip(self._wordings, scores, strict=True):
            best[wording.asked] = max(best[wording.asked], score)
        return sum(best.values())


def _wordings(
    words: tuple[Word, ...],
    idf: Mapping[str, float],
    alternatives: Alternatives,
    synonym: float,
) -> Iterator[_Wording]:
    for at, word in enumerate(words):
        rarity = max(idf.get(word.stem, 1.0), 0.0)
        yield _Wording(at, (word,), rarity / len(word.grams))
        for other in alternatives.get(word.stem, ()):
            runs = sum(len(one.grams) for one in other)
            yield _Wording(at, other, synonym * rarity / runs)
