"""Word documents by python-docx, with real headings, lists and tables."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from knowledgebank.demo.builders.archive import settled
from knowledgebank.demo.builders.paper import Paper
from knowledgebank.demo.markdown import Block, Bullets, Heading, Line, Paragraph, Table


def build(paper: Paper) -> bytes:
    document = Document()
    _describe(document, paper)
    document.add_heading(paper.title, level=0)
    document.add_paragraph(f"{paper.kind_label}, {paper.organisation}, {paper.written_date}")
    document.add_paragraph(paper.summary, style="Intense Quote")
    for block in paper.blocks:
        _add(document, block)
    target = io.BytesIO()
    document.save(target)
    return settled(target.getvalue(), paper.moment)


def _describe(document: DocumentObject, paper: Paper) -> None:
    facts = document.core_properties
    facts.title, facts.author, facts.subject = paper.title, paper.organisation, paper.kind_label
    facts.comments = ""
    facts.language = "nl-NL"
    facts.created = facts.modified = paper.moment.replace(tzinfo=None)
    language = document.styles.element.find(".//" + qn("w:lang"))
    if language is not None:
        language.set(qn("w:val"), "nl-NL")


def _add(document: DocumentObject, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_heading(block.text, level=block.level - 1)
    elif isinstance(block, Paragraph):
        _write(document.add_paragraph(), block.line)
    elif isinstance(block, Bullets):
        style = "List Number" if block.numbered else "List Bullet"
        for item in block.items:
            _write(document.add_paragraph(style=style), item)
    else:
        _add_table(document, block)


def _add_table(document: DocumentObject, table: Table) -> None:
    grid = document.add_table(rows=0, cols=len(table.rows[0]), style="Light Grid Accent 1")
    for row in table.rows:
        for cell, line in zip(grid.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], line)
    document.add_paragraph()


def _write(paragraph: WordParagraph, line: Line) -> None:
    for run in line:
        written = paragraph.add_run(run.text)
        written.bold, written.italic = run.bold or None, run.italic or None
