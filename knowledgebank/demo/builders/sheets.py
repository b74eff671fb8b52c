"""Spreadsheets: a first sheet that explains, and one sheet for each section with a table."""

from __future__ import annotations

import io
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from knowledgebank.demo.builders.archive import settled
from knowledgebank.demo.builders.paper import Paper
from knowledgebank.demo.markdown import Bullets, Heading, Paragraph, Table, plain

FIRST_SHEET = "Uitleg"
LONGEST_NAME = 31  # Excel's limit for the name of a sheet.
NOT_IN_A_NAME = str.maketrans("", "", "[]:*?/\\")
WIDTH = 46


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: list[list[str]]


def build(paper: Paper) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets_of(paper):
        _fill(book.create_sheet(sheet.name), sheet)
    facts = book.properties
    facts.title, facts.creator, facts.language = paper.title, paper.organisation, "nl-NL"
    facts.created = facts.modified = paper.moment.replace(tzinfo=None)
    target = io.BytesIO()
    book.save(target)
    return settled(target.getvalue(), paper.moment)


def sheets_of(paper: Paper) -> list[Sheet]:
    """Text of all sections on the first sheet; each section's table on a sheet of its own."""
    first = Sheet(FIRST_SHEET, [[paper.title], [paper.organisation], [paper.written_date]])
    first.rows.append([paper.summary])
    sheets, name = [first], ""
    for block in paper.blocks:
        if isinstance(block, Heading):
            name = block.text.translate(NOT_IN_A_NAME)[:LONGEST_NAME].strip()
            first.rows.extend([[], [block.text]])
        elif isinstance(block, Paragraph):
            first.rows.append([plain(block.line)])
        elif isinstance(block, Bullets):
            first.rows.extend([f"- {plain(item)}"] for item in block.items)
        else:
            sheets.append(_table_sheet(name, block))
            first.rows.append([f"Zie het blad {name}."])
    return sheets


def _table_sheet(name: str, table: Table) -> Sheet:
    return Sheet(name, [[plain(cell) for cell in row] for row in table.rows])


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for row in sheet.rows:
        page.append(row)
    for column in page.columns:
        page.column_dimensions[column[0].column_letter].width = WIDTH
        for cell in column:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "A2"
