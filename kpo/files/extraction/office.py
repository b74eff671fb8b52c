"""Text of Office files, in sections under their headings, slides or sheets."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import docx.oxml
import docx.oxml.ns
import odfdo
import openpyxl
import pptx
from docx.table import Table
from docx.text.paragraph import Paragraph

from kpo.files.extraction.sections import Line, Section, sections_of

MOST_CELLS = 500_000


def extract(source: Path, target: Path | None = None, *, extension: str) -> list[Section]:
    """Sections with headings and anchors; an Office file has no picture, `target` stays away."""
    del target
    return sections_of(_READERS[extension](source))


def _docx(source: Path) -> Iterator[Line]:
    with source.open("rb") as stream:
        document = docx.Document(stream)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _docx_table(block)
        else:
            yield {"level": _docx_level(block), "text": block.text}
    for note in _docx_notes(document):
        yield {"level": 0, "text": note}


def _docx_level(paragraph: Paragraph) -> int:
    style = paragraph.style
    while style is not None:
        # Word keeps the English names of its own styles whatever its language.
        name = (style.name or "").lower()
        if name == "title":
            return 1
        if name.startswith("heading ") and name[8:].isdigit():
            return int(name[8:])
        style = style.base_style
    return 0


def _docx_table(table: Table) -> Iterator[Line]:
    for row in table.rows:
        # A merged cell comes back once per column it spans.
        cells = dict.fromkeys((cell._tc, cell.text) for cell in row.cells)  # noqa: SLF001  no public name
        yield {"level": 0, "text": " | ".join(text for _, text in cells if text.strip())}


def _docx_notes(document: Any) -> Iterator[str]:
    for part in document.part.package.iter_parts():
        if part.partname.endswith(("/footnotes.xml", "/endnotes.xml")):
            root = docx.oxml.parse_xml(part.blob)
            for note in root:
                yield "".join(text.text or "" for text in note.iter(docx.oxml.ns.qn("w:t")))


def _odt(source: Path) -> Iterator[Line]:
    body = odfdo.Document(source).body
    for element in body.get_elements("descendant::text:h|descendant::text:p"):
        level = (
            int(element.get_attribute("text:outline-level") or 1) if element.tag == "text:h" else 0
        )
        is_title = element.get_attribute("text:style-name") == "Title"
        yield {"level": 1 if is_title else level, "text": element.inner_text}


def _pptx(source: Path) -> Iterator[Line]:
    with source.open("rb") as stream:
        presentation = pptx.Presentation(stream)
    for number, slide in enumerate(presentation.slides, start=1):
        title = slide.shapes.title
        name = title.text_frame.text.strip() if title is not None else ""
        yield {"level": 1, "text": f"Dia {number}: {name}" if name else f"Dia {number}"}
        for shape in slide.shapes:
            for text in _shape_texts(shape) if shape != title else ():
                yield {"level": 0, "text": text}
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            yield {"level": 0, "text": slide.notes_slide.notes_text_frame.text}


def _shape_texts(shape: Any) -> Iterator[str]:
    if shape.has_text_frame:
        yield shape.text_frame.text
    if getattr(shape, "has_table", False):
        for row in shape.table.rows:
            yield " | ".join(cell.text for cell in row.cells if cell.text.strip())
    for inner in getattr(shape, "shapes", ()):
        yield from _shape_texts(inner)


def _xlsx(source: Path) -> Iterator[Line]:
    # As a stream, since openpyxl judges a path by its extension and ours have none.
    with source.open("rb") as stream:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        cells = 0
        for sheet in book.worksheets:
            yield {"level": 1, "text": f"Blad {sheet.title}"}
            for row in sheet.iter_rows(values_only=True):
                cells += len(row)
                if cells > MOST_CELLS:
                    return
                yield {"level": 0, "text": _row(row)}


def _ods(source: Path) -> Iterator[Line]:
    cells = 0
    for sheet in odfdo.Document(source).body.tables:
        yield {"level": 1, "text": f"Blad {sheet.name}"}
        sheet.rstrip(aggressive=True)
        for row in sheet.iter_values():
            cells += len(row)
            if cells > MOST_CELLS:
                return
            yield {"level": 0, "text": _row(row)}


def _row(values: Any) -> str:
    return " | ".join(str(value) for value in values if value is not None and str(value).strip())


_READERS = {"docx": _docx, "odt": _odt, "pptx": _pptx, "xlsx": _xlsx, "ods": _ods}
