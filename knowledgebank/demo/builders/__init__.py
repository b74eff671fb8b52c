"""Builders of real files, one per format; each turns a `Paper` into bytes."""

from __future__ import annotations

from collections.abc import Callable

from knowledgebank.demo.builders import opendocument, pdf, sheets, slides, word
from knowledgebank.demo.builders.paper import Paper, paper_of

BUILDERS: dict[str, Callable[[Paper], bytes]] = {
    "pdf": pdf.build,
    "docx": word.build,
    "odt": opendocument.build_text,
    "ods": opendocument.build_sheets,
    "pptx": slides.build,
    "xlsx": sheets.build,
}

__all__ = ["BUILDERS", "Paper", "paper_of"]
