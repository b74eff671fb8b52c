"""Answers of search, made by hand: for tests of the page, which asks no engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from knowledgebank.models import KnowledgeDocument
from kpo.files.models import Document
from kpo.files.storage import BlobStorage
from search.records import Hit, HitPassage, SearchPage
from tests.factories import files

FACETS: Mapping[str, Mapping[str, int]] = {
    "kind": {"handreiking": 22, "factsheet": 14, "fenomeenonderzoek": 19},
    "region": {"oost-nederland": 18, "limburg": 4},
    "year": {"2024": 12, "2026": 31},
}


def passage(html: str = "Een <mark>woord</mark>.", **fields: Any) -> HitPassage:
    values: dict[str, Any] = {
        "page": None,
        "anchor": None,
        "heading": "",
        "file": None,
        "url": "/plek/",
    }
    return HitPassage(html=html, **(values | fields))


def hit(type_: str = "document", *, row: Any = None, **fields: Any) -> Hit:
    """A hit on `row`, by default on a factsheet that is nowhere, public and without passages."""
    title = fields.pop("title", getattr(row, "title", "Een titel"))
    row = row or KnowledgeDocument(title=title, kind="factsheet")
    values: dict[str, Any] = {
        "key": f"{type_}:{row.uuid}",
        "title_html": title,
        "url": "/plek/",
        "file": None,
        "page": None,
        "anchor": None,
        "audience": "public",
        "score": 1.0,
        "summary": "Waar het over gaat.",
        "passages": (),
        "more_passages": 0,
        "is_obsolete": False,
        "review_state": "unreviewed",
        "kind": "",
        "date": date(2026, 3, 2),
    }
    return Hit(type=type_, title=title, row=row, **(values | fields))


def stored_pdf(
    name: str = "handreiking.pdf", *, audience: str = "public", **fields: Any
) -> Document:
    """A PDF with a picture of its first page."""
    return files.document(
        audience=audience,
        original_name=name,
        media_type="application/pdf",
        preview=BlobStorage().save(None, ContentFile(files.png())),
        **fields,
    )


def pdf_hit(file: Any, pages: tuple[int, ...] = (24, 31), **fields: Any) -> Hit:
    """A hit that opens `file` at the first of `pages`."""
    passages = tuple(
        passage(page=number, file=file.original_name, url=f"{file.url}#page={number}")
        for number in pages
    )
    values = {"file": file.original_name, "page": pages[0], "url": f"{file.url}#page={pages[0]}"}
    return hit(passages=passages, **(values | fields))


def answer(*hits: Hit, **fields: Any) -> SearchPage:
    """A page of these hits; the counts are those of the hits unless said."""
    types: dict[str, int] = {}
    for one in hits:
        types[one.type] = types.get(one.type, 0) + 1
    values: dict[str, Any] = {
        "total": len(hits),
        "types": types,
        "facets": FACETS if hits else {},
        "notice": None,
        "corrected": None,
        "page": 1,
        "pages": 1,
        "shown": len(hits),
    }
    return SearchPage(hits=hits, **(values | fields))
