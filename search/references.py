"""What lawyers point with, in every usual spelling: articles, members, ECLI, LJN, BWBR, CVDR."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A reference is one word: `art. 13 b`, `artikel 13b` and `13b` are all "13b". A bare number says
# too little by itself, so article 16 becomes "art16", of which "16" is a part.
ARTICLE = "art"
MEMBER = "lid"

_ORDINALS = (
    "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende",
    "tiende",
)  # fmt: skip
# What stands behind the number of an article that is not called one: 16 Wgs, 3 Opiumwet.
_LAWS = (
    r"[a-z]{3,40}wet|awb|awr|avg|bibob|bw|gw|gemw|ow|sr|sv|wabo|wed|wgs|wjsg|wmo|wob|woo|wpg|"
    r"wvsr|wvsv|wwft|wahv"
)
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"
_LATIN = "bis|ter|quater|quinquies|sexies|septies|octies"
_SUFFIX = rf"(?:{_LATIN}|[a-z]{{1,2}})"
_NUMBER = rf"[0-9]{{1,4}}(?:[:.][0-9]{{1,4}})*(?:{_SUFFIX})?{_END}"
# "13 b" and "420 bis", but not "3 en", "5 BW" or "5 u".
_NUMBER_APART = rf"[0-9]{{1,4}}(?:[:.][0-9]{{1,4}})*(?:{_SUFFIX}|\s(?:{_LATIN}|(?!u)[a-z]))?{_END}"
_AND = r"(?:\s*,\s*|\s*,?\s+(?:en|of|juncto|jo\.?|tot\s+en\s+met)\s+|\s*t/m\s*)"
_WHICH_MEMBER = rf"(?:{'|'.join(_ORDINALS)}|[0-9]{{1,2}}(?:e|de|ste))"
_TIE = r"(?:\s*[:._-]\s*|%3a|\s+)"

_REFERENCE = re.compile(
    rf"""{_START}(?:
    (?P<ecli>ecli{_TIE}[a-z]{{2}}{_TIE}[a-z0-9]{{1,8}}{_TIE}[0-9]{{4}}{_TIE}[a-z0-9]{{1,20}}
        (?:\.[a-z0-9]{{1,20}}){{0,3}}
        |nl\s*:\s*[a-z]{{2,8}}\s*:\s*[0-9]{{4}}\s*:\s*[a-z]{{0,2}}[0-9]{{1,6}})
    |(?P<ljn>ljn(?:-nummer)?[\s:.]*[a-z]{{2}}\s?[0-9]{{4}})
    |(?P<law>(?:bwb[\s-]?[rvw]|cvdr)[\s-]?[0-9]{{3,8}})
    |(?P<articles>(?:artikelen|artt?\.?)\s*{_NUMBER_APART}(?:{_AND}{_NUMBER})*)
    |(?P<article>artikel\s*{_NUMBER_APART})
    |(?P<member>lid\s*[0-9]{{1,2}}|{_WHICH_MEMBER}\s+lid)
    |(?P<book>(?<![0-9][:.,])[0-9]{{1,2}}:[0-9]{{1,3}}[a-z]{{0,2}}(?!:[0-9]))
    |(?P<bare>(?<![0-9][:.,])(?!(?:19|20)[0-9]{{2}}{_END})[0-9]{{1,4}}(?:[:.][0-9]{{1,4}})*
        (?=,?\s+(?:(?:{_WHICH_MEMBER}\s+lid|lid\s+[0-9]{{1,2}}),?\s+)?(?:van\s+(?:de|het)\s+)?
        (?:{_LAWS}){_END}))
    ){_END}""",
    re.IGNORECASE | re.VERBOSE,
)
# What every reference begins with or holds; most stretches of text have none of it.
_SIGN = re.compile(r"[0-9]|\blid\b", re.IGNORECASE)
_EACH = re.compile(_NUMBER_APART, re.IGNORECASE)
_OLD_NUMBER = re.compile(r"[a-z]{2}[0-9]{4}")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_TIES = re.compile(_TIE)


def found(text: str) -> Iterator[tuple[str, int, int]]:
    """Every reference of a text as one word, with its place; of a list each of its numbers."""
    if not _SIGN.search(text):
        return
    for match in _REFERENCE.finditer(text):
        kind = match.lastgroup or ""
        if kind != "articles":
            yield _WRITTEN[kind](match.group().lower()), match.start(), match.end()
            continue
        start = match.start()
        for number in _EACH.finditer(text, match.start(), match.end()):
            yield _article(number.group().lower()), start, number.end()
            start = number.end()


def spelled_out(text: str) -> str:
    """The text with every reference as its one word, so that no blank splits it."""
    pieces, at = [], 0
    for word, start, end in found(text):
        pieces += [text[at:start], f" {word}" if start == at else word]
        at = end
    return "".join([*pieces, text[at:]])


def normal(text: str) -> str | None:
    """The word for a text that is one reference; None if it is none."""
    match = _REFERENCE.fullmatch(text)
    if match is None or match.lastgroup is None:
        return None
    return next(word for word, _, _ in found(text))


def parts(word: str) -> tuple[str, ...]:
    """By what else this word of a reference is known; empty if it is no reference."""
    if word.startswith("ecli:"):
        last = word.rpartition(":")[2]
        return (last,) if _OLD_NUMBER.fullmatch(last) else (word,)
    if word.startswith(ARTICLE) and word[len(ARTICLE) :].isdigit():
        return (word[len(ARTICLE) :],)
    if word.startswith(MEMBER) and word[len(MEMBER) :].isdigit():
        return (MEMBER, word[len(MEMBER) :])
    return ()


def _ecli(text: str) -> str:
    pieces = _TIES.sub(":", text)
    return pieces if pieces.startswith("ecli:") else f"ecli:{pieces}"


def _ljn(text: str) -> str:
    return _NOT_PLAIN.sub("", text)[-6:]


def _law(text: str) -> str:
    return _NOT_PLAIN.sub("", text)


def _article(text: str) -> str:
    number = "".join(text.split())
    return ARTICLE + number if number.isdigit() else number


def _named_article(text: str) -> str:
    return _article(text.removeprefix("artikel"))


def _member(text: str) -> str:
    which = text.replace(MEMBER, "").strip()
    number = _ORDINALS.index(which) + 1 if which in _ORDINALS else which.rstrip("dest")
    return f"{MEMBER}{number}"


_WRITTEN = {
    "ecli": _ecli,
    "ljn": _ljn,
    "law": _law,
    "article": _named_article,
    "member": _member,
    "book": _article,
    "bare": _article,
}
