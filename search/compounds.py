"""Taking Dutch compounds apart by how often their parts occur on their own."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from wordfreq import get_frequency_dict

RAREST = 1e-6
SHORTEST_PART = 4
SHORTEST_COMPOUND = 8
# Shorter words that are parts of many: opium|wet, drugs|lab.
SHORT_PARTS = frozenset({"bar", "gas", "kas", "lab", "pas", "wet"})
SHORTEST_PIECE = 3
MOST_PARTS = 4
# Letters that tie parts together: veiligheid|s|huis, pan(d)|en|…
LINKS = ("", "s", "en", "e", "n")
# The share of the language that a word of the site's own stands for, when wordfreq lacks it.
OWN_FREQUENCY = 2e-6


class Splitter:
    """Splits by the highest geometric mean of the frequencies of the parts.

    A word that is itself more usual than its parts stays whole (Koehn and Knight, 2003).
    """

    def __init__(self, frequencies: Mapping[str, float]) -> None:
        self._frequencies = frequencies

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a word, or the word alone."""
        if len(word) < SHORTEST_COMPOUND or not word.isalpha():
            return (word,)
        best = self._frequencies.get(word, 0.0)
        parts: tuple[str, ...] = (word,)
        for candidate in self._ways(word, MOST_PARTS):
            if len(candidate) > 1 and (mean := self._mean(candidate)) > best:
                best, parts = mean, candidate
        return parts

    def _mean(self, parts: tuple[str, ...]) -> float:
        product = 1.0
        for part in parts:
            product *= self._frequencies[part]
        return product ** (1 / len(parts))

    def _ways(self, word: str, most: int) -> list[tuple[str, ...]]:
        ways: list[tuple[str, ...]] = [(word,)] if self._is_part(word) else []
        if most == 1:
            return ways
        for at in range(SHORTEST_PIECE, len(word) - SHORTEST_PIECE + 1):
            head = self._head(word[:at])
            if head:
                ways += [(head, *rest) for rest in self._ways(word[at:], most - 1)]
        return ways

    def _head(self, piece: str) -> str:
        """The word that a first part stands for, with or without the letters that tie."""
        for link in LINKS:
            bare = piece.removesuffix(link) if link else piece
            if self._is_part(bare) and piece == bare + link:
                return bare
        return ""

    def _is_part(self, word: str) -> bool:
        is_long = len(word) >= SHORTEST_PART or word in SHORT_PARTS
        return is_long and word in self._frequencies


_own: dict[str, float] = {}
_learned = 0


def learned() -> int:
    """How often the own words have changed: words taken apart before may come out differently."""
    return _learned


@lru_cache(maxsize=1)
def splitter() -> Splitter:
    return Splitter({**language(), **_own})


@lru_cache(maxsize=1)
def language() -> Mapping[str, float]:
    """How often each usual word occurs, without accents as our own words are."""
    found: dict[str, float] = defaultdict(float)
    for word, often in get_frequency_dict("nl", wordlist="best").items():
        if often >= RAREST and word.isalpha():
            found[_plain(word)] += often
    return dict(found)


def _plain(word: str) -> str:
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word)
    return "".join(char for char in apart if not unicodedata.combining(char))


def learn(words: frozenset[str]) -> bool:
    """Let these words serve as parts as well; says whether that changes anything."""
    global _learned  # noqa: PLW0603  the words are this process's own, and so is their count
    own = {word: OWN_FREQUENCY for word in words if word not in language()}
    if own == _own:
        return False
    _own.clear()
    _own.update(own)
    splitter.cache_clear()
    _learned += 1
    return True
