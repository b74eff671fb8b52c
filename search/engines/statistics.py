"""How rare a token is: the part of BM25 that both engines must agree on."""

from __future__ import annotations

import math


def rarity(count: int, total: int) -> float:
    """BM25's idf of a token that `count` of `total` documents have, as Lucene and Tantivy do it."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))
