"""PDFs by Typst: tagged, with title, date, language, headings and page numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import typst

from knowledgebank.demo.builders.paper import Paper
from knowledgebank.demo.markdown import Block, Bullets, Heading, Line, Paragraph

LAYOUT = Path(__file__).with_name("document.typ")
STANDARD: Final = "ua-1"
LONGEST_IN_FOOTER = 70


def build(paper: Paper) -> bytes:
    """PDF/UA-1. The bytes depend on the text and the date of the document alone."""
    data = {
        "title": paper.title,
        "short_title": _shortened(paper.title),
        "kind": paper.kind_label,
        "organisation": paper.organisation,
        "summary": paper.summary,
        "date": paper.dated_on.isoformat(),
        "written_date": paper.written_date,
        "has_cover": paper.has_cover,
        "parts": [_part(block) for block in paper.blocks],
    }
    return typst.compile(
        LAYOUT.read_bytes(),
        sys_inputs={"document": json.dumps(data)},
        pdf_standards=[STANDARD],
        timestamp=int(paper.moment.timestamp()),
        ignore_system_fonts=True,
    )


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_IN_FOOTER else f"{title[: LONGEST_IN_FOOTER - 1]}…"


def _part(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text, "level": block.level}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "line": _line(block.line)}
    if isinstance(block, Bullets):
        items = [_line(item) for item in block.items]
        return {"kind": "bullets", "numbered": block.numbered, "items": items}
    header, *rows = block.rows
    body = [[{"line": _line(cell)} for cell in row] for row in rows]
    return {"kind": "table", "rows": [[_line(cell) for cell in header], *body]}


def _line(line: Line) -> list[dict[str, Any]]:
    return [{"text": run.text, "bold": run.bold, "italic": run.italic} for run in line]
