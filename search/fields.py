"""What both engines index of a record: whitespace-separated tokens per field, made once here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from search.dutch import Word, analyze

# A pair is two parts of words beside each other, so that `vakantie park` and `vakantiepark` meet.
TIE = "_"


def parts(words: Iterable[str]) -> str:
    """Stems of compound parts, and the stem of the compound itself."""
    return " ".join(form for word in words for form in analyze(word).forms)


def grams(words: Iterable[str]) -> str:
    return " ".join(gram for word in words for gram in analyze(word).grams)


def pairs(words: Sequence[str]) -> str:
    flat = [part for word in words for part in analyze(word).parts]
    return " ".join(f"{left}{TIE}{right}" for left, right in pairwise(flat))


def near_pairs(words: Sequence[str], reach: int) -> str:
    """Pairs of parts at most `reach` apart, in the order of the text: for short texts only."""
    flat = [part for word in words for part in analyze(word).parts]
    return " ".join(
        f"{left}{TIE}{right}"
        for at, left in enumerate(flat)
        for right in flat[at + 1 : at + 1 + reach]
    )


def stems(words: Iterable[str]) -> str:
    """One token per word, in order: what a phrase in quotes is looked up in."""
    return " ".join(analyze(word).stem for word in words)


def distinct_forms(words: Iterable[str]) -> list[str]:
    """Everything by which these words are known, each once, in order of appearance."""
    return list(dict.fromkeys(form for word in words for form in analyze(word).forms))


def word_parts(word: Word) -> str:
    """The parts of one word as the text of a row's `vector` has them."""
    return " ".join(word.forms)
