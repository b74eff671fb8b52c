"""What a word is, for both engines and for highlighting: mended, folded, stemmed, taken apart.

Everything is cached per word, so that a page costs about a millisecond.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sys import intern

from wordfreq import zipf_frequency

from search import compounds, references
from search.stems import stem

# Longer than any Dutch word in use; what is longer is an address, a hash or noise.
LONGEST_WORD = 60
GRAM = 4
# Raise this when words come out differently: rows of before are then read again, see rows.py.
LANGUAGE = 3

STOP_WORDS = frozenset(Path(__file__).with_name("stop_words.txt").read_text("utf-8").split())

# Left by PDF writers where a word was broken: soft hyphen, "not a character", control characters.
_SOFT_BREAK = re.compile("[\u00ad\ufffe\ufffd\x02]\\s*")
# Characters without width, which editors and web pages leave inside words.
_NO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff]")
# "onder-⏎mijning"; not "woon-⏎ en", not "RIEC-⏎regio".
_LINE_BREAK = re.compile(r"(?<=[^\W\d_][a-zß-ÿ])[-‐][ \t]*\r?\n\s*(?!(?:en|of)\b)(?=[a-zß-ÿ])")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "–": "-"})
_WORD = re.compile(
    r"(?:[a-z]\.){2,}|\d+(?:[.,]\d+)+|[^\W_]+(?:['-][^\W_]+)*",
    re.IGNORECASE,
)
# In capitals these are no stop words: OM is the Openbaar Ministerie, om is "to". With dots between
# them capitals always stand for something, and lowercase o.m. is "onder meer".
_NAMES_IN_CAPITALS = frozenset({"OM"})
_DOTTED_CAPITALS = re.compile(r"(?:[A-Z]\.){2,}")
# foto's, baby'tje, zzp'ers
_OWNER = re.compile(r"'(?:s|tjes?|ers?|en)$")
# 1.000 and 1.234.567,89
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_BEFORE = re.compile(r"^(?:'?[stn]-)(?=\w{3})|^'")


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is compared.

    `parts` are the stems of its compound parts, the word's own stem if it is no compound; `forms`
    are all stems by which it is known; `grams` its runs of four characters.
    """

    text: str
    stem: str
    parts: tuple[str, ...]
    grams: tuple[str, ...]
    gram_set: frozenset[str]

    @property
    def forms(self) -> tuple[str, ...]:
        return self.parts if self.stem in self.parts else (self.stem, *self.parts)


def mend(text: str) -> str:
    """Put words together again that a PDF broke over lines, and spell out ligatures."""
    text = _NO_WIDTH.sub("", unicodedata.normalize("NFKC", text))
    return _LINE_BREAK.sub("", _SOFT_BREAK.sub("", text))


def fold(text: str) -> str:
    """Lowercase, without accents, with one kind of apostrophe and hyphen. Keeps the length of
    what has a single-character form, so use `tokens` where offsets matter."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_QUOTES).lower())
    return "".join(char for char in plain if not unicodedata.combining(char))


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Normalized words with their place in `text`, stop words included."""
    plain, at = text.translate(_QUOTES), 0
    for reference in references.found(plain):
        yield from _between(plain, at, reference[1])
        yield reference
        at = reference[2]
    yield from _between(plain, at, len(plain))


def _between(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for match in _WORD.finditer(text, start, end):
        word = normalize(match.group())
        if word:
            yield word, match.start(), match.end()


def words(text: str) -> list[str]:
    """The normalized words of a text, without stop words."""
    return [word for word, _, _ in tokens(mend(text)) if word not in STOP_WORDS]


@lru_cache(maxsize=100_000)
def normalize(word: str) -> str:
    """One word as it is stored: folded, without 's, dots of an abbreviation or a leading 's-.

    An abbreviation that is spelled as a stop word keeps its dots, by which it is told from that.
    """
    if (word in _NAMES_IN_CAPITALS or _DOTTED_CAPITALS.fullmatch(word)) and _bare(
        word
    ) in STOP_WORDS:
        return "".join(f"{letter}." for letter in _bare(word))
    reference = references.normal(word)
    if reference:
        return reference
    plain = _OWNER.sub("", _BEFORE.sub("", fold(word))).strip("'-")
    if not plain[:1].isdigit() or _GROUPED.fullmatch(plain):
        plain = plain.replace(".", "")
    return plain.replace("'", "")[:LONGEST_WORD]


def _bare(word: str) -> str:
    return word.replace(".", "").lower()


@lru_cache(maxsize=100_000)
def analyze(word: str) -> Word:
    """What is known of a normalized word."""
    if "-" in word:
        pieces = [piece for piece in word.split("-") if piece]
        joined = "".join(pieces)
        parts = tuple(part for piece in pieces for part in _parts(piece))
        return _word(word, joined, parts)
    return _word(word, word, _parts(word))


def _word(text: str, joined: str, parts: tuple[str, ...]) -> Word:
    grams = grams_of(joined)
    return Word(text, stem(joined), parts, grams, frozenset(grams))


def _parts(word: str) -> tuple[str, ...]:
    return references.parts(word) or tuple(stem(part) for part in compounds.splitter().split(word))


def grams_of(word: str) -> tuple[str, ...]:
    """Runs of four characters of `_word_`; a shorter word is one run.

    Words share most of their runs, so each is kept once: a sixth less memory for all known words.
    """
    padded = f"_{word}_"
    return tuple(intern(padded[at : at + GRAM]) for at in range(max(1, len(padded) - GRAM + 1)))


def name_of(text: str) -> str:
    """A title or short name as the title rule compares it: all its stems in order."""
    found = words(text) or [word for word, _, _ in tokens(mend(text))]
    return " ".join(part for word in found for part in analyze(word).parts)


def learn(own_words: frozenset[str]) -> None:
    """Let the site's own words serve as parts of compounds, from now on and in this process.

    They belong to an index: what asks it must take words apart as what filled it did.
    """
    if compounds.learn(own_words):
        analyze.cache_clear()


@lru_cache(maxsize=10_000)
def rarity(text: str) -> float:
    """How much a word says by being rare in the language: from .5, on every page, to 7, unknown.

    How rare it is on this site would tell of texts that a reader may not read.
    """
    return max(7.0 - float(zipf_frequency(text, "nl")), 0.5)
