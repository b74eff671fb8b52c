"""The stem of a word: Snowball's, put right where Dutch changes the word itself."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

from search import compounds

SHORTEST = 4

_PLURALS = (
    "leden lid|steden stad|schepen schip|smeden smid|gelederen gelid|kinderen kind|eieren ei|"
    "liederen lied|volkeren volk|goederen goed|bladeren blad|runderen rund|kalveren kalf|"
    "lammeren lam|raderen rad|gemoederen gemoed|beenderen been|hoenderen hoen"
)
# A plural or diminutive with another vowel, and the word it is of.
IRREGULAR = dict(pair.split(" ") for pair in _PLURALS.split("|")) | {
    "scheepje": "schip",
    "scheepjes": "schip",
    "blaadje": "blad",
    "blaadjes": "blad",
    "glaasje": "glas",
    "glaasjes": "glas",
    "paadje": "pad",
    "paadjes": "pad",
    "gaatje": "gat",
    "gaatjes": "gat",
    "vaatje": "vat",
    "vaatjes": "vat",
    "kindje": "kind",
    "kindjes": "kind",
}
_VOWEL = re.compile("[aeiouy]")
# foto-otje, cafe-etje, oma-atje
_SMALL = re.compile(r"(?P<word>\w{2,}(?P<vowel>[aeou]))(?P=vowel)t(?P<end>jes?)")
# industrie-en, idee-en
_DIAERESIS = re.compile(r"\w+(?:ie|ee)(?=en$)")
# criminele, sociale: one vowel in an open syllable, two in crimineel and sociaal.
_OPEN = re.compile(r"(?P<head>\w{1,}?)(?P<vowel>[ae])l(?:e|en)")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a normalized word.

    Short words, numbers, identifiers and what has no vowel, an abbreviation, are their own stem.
    """
    if len(word) < SHORTEST or not word.isalpha() or not _VOWEL.search(word):
        return word
    word = IRREGULAR.get(word) or _whole(word)
    found: str = _stemmer().stemWord(word)
    # Snowball gives haven → haaf and havens → haven, mensen → mens and mens → men.
    is_half_way = word.endswith(("s", "n")) and found.endswith(("en", "ns"))
    return _stemmer().stemWord(found) if is_half_way else found


def _whole(word: str) -> str:
    """The word itself for a form in which its vowel is doubled, halved or hidden."""
    if match := _DIAERESIS.match(word):
        return match.group()
    if match := _SMALL.fullmatch(word):
        bare, other = match["word"], f"{match['word']}{match['vowel']}t"
        return bare if _is_usual(bare, other) else word
    if match := _OPEN.fullmatch(word):
        long = f"{match['head']}{match['vowel'] * 2}l"
        return long if _is_usual(long, f"{match['head']}{match['vowel']}l") else word
    return word


def _is_usual(word: str, other: str) -> bool:
    """Whether the one occurs in the language, and more often than the other."""
    language = compounds.language()
    return language.get(word, 0.0) > language.get(other, 0.0)


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("dutch", 0)
