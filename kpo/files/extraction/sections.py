"""A page or a section of a text, and how text is made fit for the database."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TypedDict

LONGEST_HEADING = 255
LONGEST_ANCHOR = 80
# A section without headings is cut, so that a hit points somewhere and a passage stays readable.
LONGEST_SECTION = 6_000
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\uffff]")


class Section(TypedDict):
    """`heading` and `anchor` are empty for the pages of a PDF."""

    heading: str
    anchor: str
    text: str


class Line(TypedDict):
    """A paragraph; `level` is 1 and up for a heading and 0 for text."""

    level: int
    text: str


def tidy(text: str) -> str:
    """Composed, with one kind of line end, without what PostgreSQL refuses and nobody sees."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", plain)).strip()


def sections_of(lines: Iterable[Line]) -> list[Section]:
    """One section per heading with text below it; text before the first heading has none."""
    sections: list[Section] = []
    anchors: set[str] = set()
    for heading, paragraphs in _by_heading(lines):
        for text in _chunks(paragraphs):
            title = tidy(" ".join(heading.split()))[:LONGEST_HEADING]
            anchor = _unique(_slug(title), anchors)
            sections.append({"heading": title, "anchor": anchor, "text": text})
    return sections


def _by_heading(lines: Iterable[Line]) -> Iterator[tuple[str, list[str]]]:
    heading: str = ""
    paragraphs: list[str] = []
    for line in lines:
        text = tidy(line["text"])
        if line["level"] and text:
            if heading or paragraphs:
                yield heading, paragraphs
            heading, paragraphs = text, []
        elif text:
            paragraphs.append(text)
    if heading or paragraphs:
        yield heading, paragraphs


def _chunks(paragraphs: list[str]) -> Iterator[str]:
    """Whole paragraphs, up to the longest section; at least one, also for a bare heading."""
    chunk: list[str] = []
    size = 0
    for paragraph in paragraphs:
        if chunk and size + len(paragraph) > LONGEST_SECTION:
            yield "\n".join(chunk)
            chunk, size = [], 0
        chunk.append(paragraph)
        size += len(paragraph)
    yield "\n".join(chunk)


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_ANCHOR].strip("-") or "deel"


def _unique(slug: str, taken: set[str]) -> str:
    anchor, number = slug, 1
    while anchor in taken:
        number += 1
        anchor = f"{slug}-{number}"
    taken.add(anchor)
    return anchor
