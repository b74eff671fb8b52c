"""Questions that nobody should type and somebody does; the same ones for a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

WORDS = (
    "vakantiepark", "toezicht", "art. 13b Opiumwet", "O.M.", "de", "OR", "AND", "NOT", "EN", "-",
    "ECLI:NL:HR:2019:1", "BWBR0001941", "barrière", "’s-Hertogenbosch", "a", "1", "2024-02-31",
)  # fmt: skip
# What means something to an engine, to a database, to HTML or to a shell.
SYNTAX = (
    "*", "?", "te*t", "*a*", "title:x^9", "body_parts:*", "_exists_:key", "audience:nobody",
    "[a TO z]", "{a TO *}", "/.*a{1,9999}/", "fuzzy~9", '"a b"~99', "+a", "!a", "&&", "||", "&",
    '{"match_all":{}}', "{!lucene}*:*", "${7*7}", "{{7*7}}", "%s%n", "%00", "\\", "\\u0000", "^",
    "~", "'; DROP TABLE search_row;--", "' OR 1=1", "a:*&!b", "<->", "<script>", "</mark>", "--",
    "_", ":",
)  # fmt: skip
BRACKETS = ("(", ")", "[", "]", "{", "}", "<", ">", '"', "'", "“", "”", "«", "„", "`", "((", '""')
SIGNS = (
    "\0", "\x1b", "\x7f", "\t", "\r\n", "\u200b", "\u202e", "\u2066", "\ufeff", "\ufffd", "\u00ad",
    "🙂", "👩\u200d👧", "🇳🇱", "e\u0301", "a" + "\u0301" * 40, "שלום", "مرحبا", "漢字", "ｆｕｌｌ",
    "ß", "İ", "ﬁ", "½", "𝔤𝔬𝔱𝔥", "\U000e0041", "\u2028",
)  # fmt: skip
LONGEST = 100_000
# One in so many is very long; they cost the most and say the least.
LONG_ONE_IN = 200


def odd_questions(number: int, seed: int = 20261122) -> Iterator[str]:
    dice = random.Random(seed)
    for _ in range(number):
        yield _long(dice) if dice.randrange(LONG_ONE_IN) == 0 else _short(dice)


def _short(dice: random.Random) -> str:
    kinds = dice.choices(
        [WORDS, SYNTAX, BRACKETS, SIGNS], weights=[4, 3, 3, 2], k=dice.randint(1, 12)
    )
    pieces = [dice.choice(kind) for kind in kinds]
    glue = dice.choice(["", " ", " -", " OR ", '"', " OR -", "  "])
    return glue.join(pieces)


def _long(dice: random.Random) -> str:
    piece = dice.choice([*WORDS, *SYNTAX, *BRACKETS, *SIGNS, "a", " a", "a ", '"a" ', "-a OR "])
    length = dice.choice([301, 1_001, LONGEST])
    return (piece * (length // len(piece) + 1))[:length]
