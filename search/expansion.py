"""Which other words mean what was asked: from the managed list, and compounds spelled otherwise.

Only the question is widened, so that a change of the list needs no new index. What is found this
way is at most these few words more, never what those in turn stand for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.dutch import STOP_WORDS, Word, analyze, tokens

# A sequence of words that means the same as a word asked.
Alternative = tuple[Word, ...]
# Per stem of a word asked the sequences of which one serves as well.
Alternatives = Mapping[str, tuple[Alternative, ...]]

# For one term, and for a whole question: more would drown what was asked.
MOST_ALTERNATIVES = 8
MOST_IN_QUESTION = 24
LONGEST_TERM = 6
SHORTEST_PIECE = 3
SHORTEST_JOINED = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list; `themes` narrow it to questions within one of them."""

    term: str
    others: tuple[str, ...]
    is_two_way: bool = True
    themes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a term stands for, as normalized words."""

    others: tuple[tuple[str, ...], ...]
    themes: frozenset[str]


class Expansion:
    """The list, ready to be asked. Terms compare by the parts of their words, so that it makes no
    difference how a compound is spelled."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        found: dict[tuple[str, ...], list[_Reading]] = defaultdict(list)
        for entry in entries:
            terms = list(dict.fromkeys(filter(None, map(term_words, (entry.term, *entry.others)))))
            for term in terms if entry.is_two_way else terms[:1]:
                others = tuple(other for other in terms if other != term)
                if others:
                    for key in _keys(tuple(map(analyze, term))):
                        found[key].append(_Reading(others, entry.themes))
        self._found: dict[tuple[str, ...], list[_Reading]] = dict(found)

    def alternatives(
        self, runs: Iterable[Sequence[str]], themes: Iterable[str] = ()
    ) -> Alternatives:
        """For runs of adjacent words that were asked without quotes."""
        chosen = frozenset(themes)
        found: dict[str, dict[Alternative, None]] = defaultdict(dict)
        room = MOST_IN_QUESTION
        for run in runs:
            words = tuple(map(analyze, run))
            for span, others in (*self._listed(words, chosen), *_joined(words)):
                new = [other for other in others if not _is_in(other, words)][:room]
                room -= len(new)
                for word in span:
                    found[word.stem] |= dict.fromkeys(new)
        return {stem: tuple(others)[:MOST_ALTERNATIVES] for stem, others in found.items() if others}

    def _listed(
        self, words: Alternative, themes: frozenset[str]
    ) -> Iterator[tuple[Alternative, list[Alternative]]]:
        """The terms of the list in a run, the longest first where several begin."""
        at = 0
        while at < len(words):
            span, others = self._longest(words[at : at + LONGEST_TERM], themes)
            if others:
                yield span, others
            at += max(len(span), 1)

    def _longest(
        self, words: Alternative, themes: frozenset[str]
    ) -> tuple[Alternative, list[Alternative]]:
        for length in range(len(words), 0, -1):
            span = words[:length]
            readings = (reading for key in _keys(span) for reading in self._found.get(key, ()))
            others = [
                tuple(map(analyze, other))
                for reading in dict.fromkeys(readings)
                if not reading.themes or reading.themes & themes
                for other in reading.others
            ]
            if others:
                return span, others[:MOST_ALTERNATIVES]
        return (), []


NOTHING = Expansion()


def term_words(text: str) -> tuple[str, ...]:
    """The words of a term or a piece of a question, those tied by hyphens one by one.

    A piece shorter than three letters is no word of its own, as in e-mail.
    """
    found = (word for word, _, _ in tokens(text) if word not in STOP_WORDS)
    return tuple(part for word in found for part in _apart(word))


def _apart(word: str) -> list[str]:
    pieces = word.split("-")
    return pieces if min(map(len, pieces)) >= SHORTEST_PIECE else [word]


def _keys(words: Alternative) -> set[tuple[str, ...]]:
    """By their parts, however a compound is spelled, and by their stems, whatever form it has."""
    parts = tuple(part for word in words for part in word.parts)
    return {parts, tuple(word.stem for word in words)}


def _is_in(other: Alternative, words: Sequence[Word]) -> bool:
    """Whether an alternative says only what the question has already."""
    return {word.stem for word in other} <= {word.stem for word in words}


def _joined(words: Alternative) -> Iterator[tuple[Alternative, list[Alternative]]]:
    """What was asked apart as the one word that a text may have, where that is no compound to us.

    Of a compound that we take apart the parts are found already.
    """
    for left, right in pairwise(words):
        joined = left.text + right.text
        if len(joined) >= SHORTEST_JOINED and joined.isalpha():
            word = analyze(joined)
            if word.parts == (word.stem,):
                yield (left, right), [(word,)]
