"""The best section of a hit: runs of characters counted section by section, for the few best hits.

A long document that has the words asked strewn about falls behind one that has them together.
"""

from __future__ import annotations

import math
import threading
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from string import ascii_lowercase, digits

from search.dutch import Word, analyze
from search.expansion import Alternatives
from search.terms import swapped

K1, B = 1.2, 0.25
MEAN_WORDS = 100
# Words of one vocabulary, about 60 MB.
MOST_WORDS = 200_000
# What a word resembles is kept for so many words.
MOST_RESEMBLED = 1_000
# A word that resembles another has this share of its runs of characters.
SHARED_RUNS = 0.25
# A letter wrong in a longer word leaves more than that share of them whole.
LONGEST_BROKEN = 8
LETTERS = f"{ascii_lowercase}{digits}-"
# Between two sections, so that the last word of one is not near the first of the next.
GAP = 20

# Pairs of which wording of a question, and which of its runs of characters.
Runs = Sequence[tuple[int, str]]


class Vocabulary:
    """The words of all texts and sections made with it, by the runs of characters that they have.

    Comparing every word of long documents with a question took longer than all the rest.
    """

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._having: dict[str, list[str]] = defaultdict(list)
        self._forms: dict[str, list[str]] = defaultdict(list)
        self._resembling: dict[str, tuple[int, frozenset[str]]] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._known)

    def learn(self, words: Iterable[str]) -> None:
        with self._lock:
            for word in set(words) - self._known:
                known = analyze(word)
                for gram in known.gram_set:
                    self._having[gram].append(word)
                for form in known.forms:
                    self._forms[form].append(word)
                self._known.add(word)

    def having(self, form: str) -> frozenset[str]:
        """The words that have this stem, or this part."""
        return frozenset(self._forms.get(form, ()))

    def answering(self, word: Word) -> frozenset[str]:
        """The words that are this one in some form, or have all its parts."""
        parts = frozenset.intersection(*map(self.having, word.parts))
        return self.having(word.stem) | parts

    def resembling(self, word: Word) -> frozenset[str]:
        """The few words that this one could be with an error in it; most are compared no further.

        They share a quarter of its runs, or are short and one letter away.
        """
        size, found = self._resembling.get(word.text, (0, frozenset[str]()))
        if size != len(self):
            if len(self._resembling) > MOST_RESEMBLED:
                self._resembling.clear()
            size, found = len(self), self._resembled(word)
            self._resembling[word.text] = size, found
        return found

    def _resembled(self, word: Word) -> frozenset[str]:
        runs = (self._having.get(gram, ()) for gram in word.gram_set)
        least = SHARED_RUNS * len(word.gram_set)
        near = {text for text, shared in Counter(chain(*runs)).items() if shared >= least}
        if len(word.text) <= LONGEST_BROKEN:
            near |= self._known.intersection(_letter_away(word.text))
        return frozenset(near)

    def like(self, wordings: Iterable[Iterable[Word]]) -> Mapping[str, Runs]:
        """The words that share a run with one of these wordings: the number of it, and the run."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for at, words in enumerate(wordings):
            for gram in frozenset(gram for word in words for gram in word.gram_set):
                for other in self._having.get(gram, ()):
                    found[other].append((at, gram))
        return found


def _letter_away(word: str) -> Iterator[str]:
    """The word with a letter left out, put in, replaced, or swapped with the next."""
    yield from swapped(word)
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield head + tail[1:]
        for letter in LETTERS:
            yield head + letter + tail
            yield head + letter + tail[1:]


class Latest:
    """The vocabulary for new texts; a full one lives as long as what was made with it."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()

    def get(self) -> Vocabulary:
        if len(self.vocabulary) > MOST_WORDS:
            self.vocabulary = Vocabulary()
        return self.vocabulary


latest = Latest()


@dataclass(frozen=True, slots=True)
class Sections:
    """Per word where it stands, in order, counted through all sections; where each of these begins
    and how long it is."""

    places: Mapping[str, Sequence[int]]
    starts: tuple[int, ...]
    lengths: tuple[int, ...]
    vocabulary: Vocabulary

    @classmethod
    def of(cls, sections: Iterable[Sequence[str]]) -> Sections:
        # Four bytes a place: a report has tens of thousands.
        places: dict[str, array[int]] = defaultdict(lambda: array("I"))
        starts, lengths, start = [], [], 0
        for words in sections:
            starts.append(start)
            lengths.append(len(words))
            for at, word in enumerate(words, start):
                places[word].append(at)
            start += len(words) + GAP
        vocabulary = latest.get()
        vocabulary.learn(places)
        return cls(dict(places), tuple(starts), tuple(lengths), vocabulary)


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
            for place in sections.places[text]:
                found[bisect_right(sections.starts, place) - 1] += runs[text]
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
        scores: list[list[float]] = [[] for _ in self._wordings]
        for (at, _), count in found.items():
            scores[at].append(count / (count + norm))
        best: dict[int, float] = defaultdict(float)
        for wording, score in zip(self._wordings, scores, strict=True):
            # Exact whatever their order, which for a set is another from run to run.
            worth = wording.worth * (K1 + 1) * math.fsum(score)
            best[wording.asked] = max(best[wording.asked], worth)
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
