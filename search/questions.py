"""From what a person types to a question that every engine understands; no syntax gets through."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from search import references
from search.dutch import STOP_WORDS, Word, analyze, mend, name_of, tokens
from search.records import Sort

# More words than this do not make an answer better, and only cost time.
MOST_WORDS = 32
LONGEST_TEXT = 1_000
SHORTEST_PIECE = 3

_QUOTE = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked: words, phrases of which every group needs one, and what must not occur.

    `words` holds those of the phrases too; `phrases` and `unwanted` are normalized words.
    """

    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[tuple[str, ...], ...], ...] = ()
    unwanted: tuple[tuple[str, ...], ...] = ()
    name: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phrases)


@dataclass(frozen=True, slots=True)
class Question:
    """What an engine answers. `audiences` and `withheld` hold for every number it gives."""

    wanted: Wanted
    audiences: frozenset[str]
    withheld: frozenset[str] = frozenset()
    type: str | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: dt.date | None = None
    until: dt.date | None = None
    sort: Sort = "relevance"
    limit: int = 50


def parse(text: str) -> Wanted:
    """Read quotes as a phrase, a leading minus as "without" and OR as "either"; the rest is words.

    Never raises, whatever the text.
    """
    text = references.spelled_out(mend(text[:LONGEST_TEXT].replace("\0", " ").translate(_QUOTE)))
    words: dict[str, None] = {}
    groups: list[list[Asked]] = []
    unwanted: list[tuple[str, ...]] = []
    is_either = False
    for piece in _PIECE.finditer(text):
        if piece["word"] == "OR":
            is_either = bool(groups)
            continue
        asked = _asked(piece)
        if piece["minus"]:
            unwanted += [asked.words] if asked.words else []
        elif asked.words:
            words |= dict.fromkeys(asked.words)
            groups = [*groups[:-1], [*groups[-1], asked]] if is_either else [*groups, [asked]]
        is_either = False
    return Wanted(
        words=tuple(analyze(word) for word in list(words or _every_word(text))[:MOST_WORDS]),
        phrases=tuple(_alternatives(group) for group in groups if any(a.is_phrase for a in group)),
        unwanted=tuple(unwanted),
        name=name_of(text),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """One piece of what was typed."""

    words: tuple[str, ...]
    is_phrase: bool


def _asked(piece: re.Match[str]) -> Asked:
    text = piece["word"] or piece["phrase"] or ""
    is_phrase = piece["phrase"] is not None
    found = [word for word, _, _ in tokens(text) if word not in STOP_WORDS]
    if not is_phrase:
        found = [part for word in found for part in _apart(word)]
    return Asked(tuple(found[:MOST_WORDS]), is_phrase)


def _apart(word: str) -> list[str]:
    """Words tied by hyphens are asked for one by one, unless a piece is no word, as in e-mail."""
    pieces = word.split("-")
    return pieces if min(map(len, pieces)) >= SHORTEST_PIECE else [word]


def _every_word(text: str) -> list[str]:
    """For a question of nothing but stop words, which then are what is asked for.

    Who asks for `om` alone means the abbreviation, so these are read as if in capitals.
    """
    if '"' in text or " -" in f" {text}":
        return []
    return list(dict.fromkeys(word for word, _, _ in tokens(text.upper())))


def _alternatives(group: list[Asked]) -> tuple[tuple[str, ...], ...]:
    return tuple(asked.words for asked in group)
