"""From what a person types to a question that every engine understands; no syntax gets through."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from search import references
from search.dutch import STOP_WORDS, Word, analyze, mend, name_of, tokens
from search.expansion import NOTHING, Alternatives, Expansion, term_words
from search.records import Sort

# More words than this do not make an answer better, and only cost time.
MOST_WORDS = 32
LONGEST_TEXT = 1_000

_QUOTE = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked: words, phrases of which every group needs one, and what must not occur.

    `words` holds those of the phrases too; `phrases` and `unwanted` are normalized words.
    `alternatives` gives per stem of a word what counts for that word as well: sequences of words,
    which must stand together.
    """

    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[tuple[str, ...], ...], ...] = ()
    unwanted: tuple[tuple[str, ...], ...] = ()
    name: str = ""
    alternatives: Alternatives = field(default_factory=dict)

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


def parse(text: str, synonyms: Expansion = NOTHING, themes: Iterable[str] = ()) -> Wanted:
    """Read quotes as a phrase, a leading minus as "without" and OR as "either"; the rest is words.

    Words outside quotes may be answered by their synonyms. Never raises, whatever the text.
    """
    text = references.spelled_out(mend(text[:LONGEST_TEXT].replace("\0", " ").translate(_QUOTE)))
    words: dict[str, None] = {}
    groups: list[list[Asked]] = []
    unwanted: list[tuple[str, ...]] = []
    is_either = False
    runs: list[list[str]] = [[]]
    for piece in _PIECE.finditer(text):
        if piece["word"] == "OR":
            is_either = bool(groups)
            runs.append([])
            continue
        asked = _asked(piece)
        if piece["minus"]:
            unwanted += [asked.words] if asked.words else []
        elif asked.words:
            words |= dict.fromkeys(asked.words)
            groups = [*groups[:-1], [*groups[-1], asked]] if is_either else [*groups, [asked]]
        if piece["minus"] or asked.is_phrase:
            runs.append([])
        else:
            runs[-1] += asked.words
        is_either = False
    if not words:
        words = dict.fromkeys(_every_word(text))
        runs = [list(words)]
    return Wanted(
        words=tuple(analyze(word) for word in list(words)[:MOST_WORDS]),
        phrases=tuple(_alternatives(group) for group in groups if any(a.is_phrase for a in group)),
        unwanted=tuple(unwanted),
        name=name_of(text),
        alternatives=synonyms.alternatives(_bounded(runs), themes),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """One piece of what was typed."""

    words: tuple[str, ...]
    is_phrase: bool


def _asked(piece: re.Match[str]) -> Asked:
    if piece["phrase"] is None:
        return Asked(term_words(piece["word"])[:MOST_WORDS], is_phrase=False)
    found = [word for word, _, _ in tokens(piece["phrase"]) if word not in STOP_WORDS]
    return Asked(tuple(found[:MOST_WORDS]), is_phrase=True)


def _bounded(runs: list[list[str]]) -> Iterator[list[str]]:
    """The runs as far as their words take part."""
    room = MOST_WORDS
    for run in runs:
        yield run[:room]
        room -= min(len(run), room)


def _every_word(text: str) -> list[str]:
    """For a question of nothing but stop words, which then are what is asked for.

    Who asks for `om` alone means the abbreviation, so these are read as if in capitals.
    """
    if '"' in text or " -" in f" {text}":
        return []
    return list(dict.fromkeys(word for word, _, _ in tokens(text.upper())))


def _alternatives(group: list[Asked]) -> tuple[tuple[str, ...], ...]:
    return tuple(asked.words for asked in group)
