"""Builders of real files, one per format; each turns a `Paper` into bytes."""

from __future__ import annotations

from django.utils.module_loading import import_string

from knowledgebank.demo.builders.paper import Paper, paper_of

# By name, so that a demo that is there already loads none of the five libraries.
BUILDERS = {
    "pdf": "knowledgebank.demo.builders.pdf.build",
    "docx": "knowledgebank.demo.builders.word.build",
    "odt": "knowledgebank.demo.builders.opendocument.build_text",
    "ods": "knowledgebank.demo.builders.opendocument.build_sheets",
    "pptx": "knowledgebank.demo.builders.slides.build",
    "xlsx": "knowledgebank.demo.builders.sheets.build",
}


def build(extension: str, paper: Paper) -> bytes:
    """The file as bytes; the same text gives the same bytes. Raises KeyError for other formats."""
    return import_string(BUILDERS[extension])(paper)


__all__ = ["BUILDERS", "Paper", "build", "paper_of"]
