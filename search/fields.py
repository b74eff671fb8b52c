"""What both engines index of a record: whitespace-separated tokens per field, made once here."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from search.dutch import Word, analyze

# What is filtered and counted by its exact value.
EXACT = ("audience", "type", "theme", "kind", "region", "organisation", "year", "review_state")
# What ranks, by how often a token occurs.
COUNTED = (
    "body_parts",
    "body_grams",
    "body_pairs",
    "title_parts",
    "title_pairs",
    "title_grams",
    "heading_parts",
    "heading_grams",
    "link_parts",
)
# Between passages in the field of phrases; no word contains it.
BREAK = "\u00b6"
# Stands for nothing: it only makes a field longer.
FILLER = "\u00b7"
TITLE_REACH = 6
NO_DATE = 0


@dataclass(frozen=True, slots=True)
class Lengths:
    """Mean number of tokens of the two long fields, when the index was made."""

    parts: int = 400
    grams: int = 1_800


UNPADDED = Lengths(0, 0)


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A record as an index has it. Words are normalized and without stop words, see dutch.py."""

    key: str
    version: int
    audience: str
    type: str
    title: str
    names: tuple[str, ...]
    title_words: tuple[str, ...]
    heading_words: tuple[str, ...]
    # One tuple per passage, so that no phrase runs from one into the next.
    body_words: tuple[tuple[str, ...], ...]
    themes: tuple[str, ...]
    kind: str
    regions: tuple[str, ...]
    organisation: str
    date: dt.date | None
    review_state: str
    is_obsolete: bool
    # The texts of links on other open pages that point here.
    link_words: tuple[str, ...] = ()

    @property
    def text_words(self) -> tuple[str, ...]:
        """Title and body, as one: what a title says counts as said in the text."""
        return tuple(chain(self.title_words, chain.from_iterable(self.body_words)))


def tokens_of(record: IndexDocument, lengths: Lengths = UNPADDED) -> dict[str, str]:
    """Whitespace-separated tokens of every field of COUNTED, and `stems` for phrases.

    In the long fields length should say less. BM25's b is .75; with twice the mean length added it
    works out as b = .25, to the digit alike on both engines. No field is empty, since they differ
    in whether an empty one counts in the mean.
    """
    body = record.text_words
    phrases = [record.title_words, *record.body_words]
    texts = {
        "body_parts": _padded(parts(body), 2 * lengths.parts),
        "body_grams": _padded(grams(body), 2 * lengths.grams),
        "body_pairs": pairs(body),
        "title_parts": parts(record.title_words),
        "title_pairs": near_pairs(record.title_words, TITLE_REACH),
        "title_grams": grams(record.title_words),
        "heading_parts": parts(record.heading_words),
        "heading_grams": grams(record.heading_words),
        "link_parts": parts(record.link_words),
        "stems": f" {BREAK} ".join(stems(words) for words in phrases),
    }
    return {name: text or FILLER for name, text in texts.items()}


def _padded(text: str, fillers: int) -> str:
    return " ".join([text, *[FILLER] * fillers])


def day_of(date: dt.date | None) -> int:
    return date.toordinal() if date else NO_DATE


# A pair is two parts of words beside each other, so that `vakantie park` and `vakantiepark` meet.
TIE = "_"


def parts(words: Iterable[str]) -> str:
    """Stems of compound parts, and the stem of the compound itself."""
    return " ".join([" ".join(analyze(word).forms) for word in words])


def grams(words: Iterable[str]) -> str:
    return " ".join(gram for word in words for gram in analyze(word).grams)


def lengths_of(words: Iterable[str]) -> Lengths:
    """How many tokens `parts` and `grams` would make, without making them."""
    often = Counter(words)
    return Lengths(
        parts=sum(count * len(analyze(word).forms) for word, count in often.items()),
        grams=sum(count * len(analyze(word).grams) for word, count in often.items()),
    )


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
