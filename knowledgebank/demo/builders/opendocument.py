"""Texts and sheets in OpenDocument by odfdo."""

from __future__ import annotations

import io

from odfdo import Document, Element, Header, List, ListItem, Table
from odfdo import Paragraph as TextParagraph

from knowledgebank.demo.builders.archive import settled
from knowledgebank.demo.builders.paper import Paper
from knowledgebank.demo.builders.sheets import Sheet, sheets_of
from knowledgebank.demo.markdown import Block, Bullets, Heading, Paragraph, plain
from knowledgebank.demo.markdown import Table as TableBlock


def build_text(paper: Paper) -> bytes:
    document = Document("text")
    body = document.body
    body.clear()
    body.append(Header(1, paper.title))
    body.append(TextParagraph(f"{paper.kind_label}, {paper.organisation}, {paper.written_date}"))
    body.append(TextParagraph(paper.summary))
    for number, block in enumerate(paper.blocks, start=1):
        body.append(_element(block, number))
    return _saved(document, paper)


def build_sheets(paper: Paper) -> bytes:
    document = Document("spreadsheet")
    body = document.body
    body.clear()
    for sheet in sheets_of(paper):
        body.append(_table(sheet))
    return _saved(document, paper)


def _element(block: Block, number: int) -> Element:
    if isinstance(block, Heading):
        return Header(block.level, block.text)
    if isinstance(block, Paragraph):
        return TextParagraph(plain(block.line))
    if isinstance(block, Bullets):
        listed = List()
        for item in block.items:
            listed.append(ListItem(plain(item)))
        return listed
    return _table(_as_sheet(block, number))


def _as_sheet(block: TableBlock, number: int) -> Sheet:
    rows = [[plain(cell) for cell in row] for row in block.rows]
    return Sheet(f"Tabel {number}", rows)


def _table(sheet: Sheet) -> Table:
    table = Table(sheet.name)
    for y, row in enumerate(sheet.rows):
        for x, value in enumerate(row):
            table.set_value((x, y), value)
    return table


def _saved(document: Document, paper: Paper) -> bytes:
    meta = document.meta
    meta.title, meta.subject, meta.language = paper.title, paper.kind_label, "nl-NL"
    meta.creator = meta.initial_creator = paper.organisation
    moment = paper.moment.replace(tzinfo=None)
    meta.creation_date = meta.date = moment
    target = io.BytesIO()
    document.save(target)
    return settled(target.getvalue(), paper.moment)
