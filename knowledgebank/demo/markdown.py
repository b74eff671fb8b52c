"""The small part of Markdown the demo content is written in, read into blocks and into HTML.

Known: `##` and `###` headings, paragraphs, `-` and `1.` lists of one level, tables with a header
row, **bold** and *italic*. Anything else is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    text: str
    level: int


@dataclass(frozen=True)
class Paragraph:
    line: Line


@dataclass(frozen=True)
class Bullets:
    items: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """The first row is the header; all rows have the same number of cells."""

    rows: tuple[tuple[Line, ...], ...]


Block = Heading | Paragraph | Bullets | Table

_ITEM = re.compile(r"(?:-|\d+\.) +(?P<text>.*)", re.DOTALL)
_STYLED = re.compile(r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*")
_RULE = re.compile(r"^\|[-| :]+\|$")


def parse(text: str) -> list[Block]:
    """Blocks in order; a blank line ends a block, a heading is a block of one line."""
    return [_block(chunk) for chunk in _chunks(text)]


def _chunks(text: str) -> Iterator[list[str]]:
    chunk: list[str] = []
    for line in [*text.splitlines(), ""]:
        is_heading = line.startswith("#")
        if chunk and (is_heading or not line.strip()):
            yield chunk
            chunk = []
        if is_heading:
            yield [line]
        elif line.strip():
            chunk.append(line.strip())


def _block(lines: list[str]) -> Block:
    first = lines[0]
    if first.startswith("#"):
        marks, _, title = first.partition(" ")
        return Heading(title.strip(), len(marks))
    if first.startswith("|"):
        return _table(lines)
    if _ITEM.match(first):
        return Bullets(tuple(runs(item) for item in _items(lines)), first[0].isdigit())
    return Paragraph(runs(" ".join(lines)))


def _items(lines: list[str]) -> Iterator[str]:
    """List items; a line without a mark goes on with the item above it."""
    item = ""
    for line in lines:
        found = _ITEM.match(line)
        if found and item:
            yield item
        item = found["text"] if found else f"{item} {line}"
    yield item


def _table(lines: list[str]) -> Table:
    kept = [line for line in lines if not _RULE.match(line)]
    cells = [[runs(cell.strip()) for cell in line.strip("|").split("|")] for line in kept]
    if len({len(row) for row in cells}) != 1:
        raise ValueError(f"Deze tabel heeft rijen van ongelijke lengte: {lines[0]}")
    return Table(tuple(tuple(row) for row in cells))


def runs(text: str) -> Line:
    """The styled stretches of one line of text."""
    found: list[Run] = []
    end = 0
    for match in _STYLED.finditer(text):
        found.append(Run(text[end : match.start()]))
        found.append(
            Run(match["bold"] or match["italic"], bool(match["bold"]), bool(match["italic"]))
        )
        end = match.end()
    found.append(Run(text[end:]))
    return tuple(run for run in found if run.text)


def plain(line: Line) -> str:
    return "".join(run.text for run in line)


# --- HTML ----------------------------------------------------------------------------------------
def to_html(blocks: list[Block]) -> str:
    """Rich text as Wagtail stores it. Raises ValueError for a table: rich text has none."""
    return "".join(_html(block) for block in blocks)


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p>{_inline(block.line)}</p>"
    if isinstance(block, Bullets):
        tag = "ol" if block.numbered else "ul"
        items = "".join(f"<li>{_inline(item)}</li>" for item in block.items)
        return f"<{tag}>{items}</{tag}>"
    raise ValueError("Een tabel past niet in opgemaakte tekst.")


def _inline(line: Line) -> str:
    return "".join(_styled(run) for run in line)


def _styled(run: Run) -> str:
    text = escape(run.text, quote=False)
    if run.bold:
        return f"<b>{text}</b>"
    return f"<i>{text}</i>" if run.italic else text
