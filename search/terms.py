"""What of a question is looked up, and how much each token weighs: the same on every engine."""

from __future__ import annotations

import math
from collections import defaultdict
from enum import Enum, auto
from itertools import pairwise

from search.dutch import Word
from search.expansion import Alternative
from search.fields import TIE, TITLE_REACH
from search.questions import Wanted
from search.weights import Weights

# A word that occurs nowhere still finds what shares this much of its runs of characters.
LOOSE_SHARE = 0.5
# From this length on two letters may be wrong where one is not enough.
LONG_WORD = 8
# A shorter word is one letter away from too many others; only swapped letters are mended there.
SHORTEST_FUZZY = 5

# OpenSearch refuses a query of more than 1,024 clauses; what a document must have takes some as
# well. Only a pasted paragraph has more.
MOST_TERMS = 700

# Weight per field and token.
Terms = dict[tuple[str, str], float]


def swapped(word: str) -> list[str]:
    """The word with two letters beside each other in the other order, each way once."""
    pairs = ((word[:at], word[at + 1], word[at], word[at + 2 :]) for at in range(len(word) - 1))
    return list(dict.fromkeys("".join(pieces) for pieces in pairs))


class Gate(Enum):
    """How well a word must be matched for a document to count as found, from strict to loose."""

    WORD = auto()
    ALIKE = auto()
    FUZZY = auto()


def terms_of(wanted: Wanted, weights: Weights) -> Terms:
    """Weight per field and token, of the heaviest. A word counts once, however many parts or runs
    it has, and so does what means the same."""
    terms: Terms = defaultdict(float)
    for word in wanted.words:
        _add_parts(terms, word, weights, 1.0)
        _add_grams(terms, word, weights)
        others = wanted.alternatives.get(word.stem, ())
        for other in others:
            _add_alternative(terms, other, weights, weights.synonym / math.sqrt(len(others)))
    flat = [part for word in wanted.words for part in word.parts]
    for left, right in pairwise(flat):
        terms["body_pairs", f"{left}{TIE}{right}"] += weights.body_pairs
    for at, left in enumerate(flat):
        for right in flat[at + 1 : at + 1 + TITLE_REACH]:
            terms["title_pairs", f"{left}{TIE}{right}"] += weights.title_pairs
    return terms if len(terms) <= MOST_TERMS else _heaviest(terms)


def _heaviest(terms: Terms) -> Terms:
    return dict(sorted(terms.items(), key=lambda item: -item[1])[:MOST_TERMS])


def _add_parts(terms: Terms, word: Word, weights: Weights, factor: float) -> None:
    for part in word.forms:
        share = factor / len(word.forms)
        terms["body_parts", part] += weights.body_parts * share
        terms["title_parts", part] += weights.title_parts * share
        terms["heading_parts", part] += weights.heading_parts * share
        terms["link_parts", part] += weights.link_parts * share


def _add_grams(terms: Terms, word: Word, weights: Weights) -> None:
    for gram in word.grams:
        share = weights.gram_share / math.sqrt(len(word.grams))
        terms["body_grams", gram] += weights.body_grams * share
        terms["title_grams", gram] += weights.title_grams * share
        terms["heading_grams", gram] += weights.heading_grams * share


def _add_alternative(terms: Terms, other: Alternative, weights: Weights, factor: float) -> None:
    """One word as any word, several only where they stand beside each other."""
    if len(other) == 1:
        _add_parts(terms, other[0], weights, factor)
        return
    tied = pairs_of(other)
    for pair in tied:
        terms["body_pairs", pair] += weights.body_parts * factor / len(tied)
        terms["title_pairs", pair] += weights.title_pairs * factor / len(tied)


def pairs_of(other: Alternative) -> list[str]:
    """The pairs that a text has in which these words stand beside each other, in this order."""
    flat = [part for word in other for part in word.parts]
    return [f"{left}{TIE}{right}" for left, right in pairwise(flat)]
