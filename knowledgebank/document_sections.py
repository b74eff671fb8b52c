"""What a document page and the list of documents show a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from knowledgebank.vocabulary import DocumentKind
from kpo.paging import page_of
from kpo.people.reader import Reader

if TYPE_CHECKING:
    from knowledgebank.models import KnowledgeDocument
    from knowledgebank.querysets import KnowledgePageQuerySet


def document_list(documents: KnowledgePageQuerySet, request: HttpRequest) -> dict[str, Any]:
    """`documents` (a page of them), `kinds` with their labels, and the chosen `kind`."""
    kind = request.GET.get("soort", "")
    present = set(documents.order_by().values_list("kind", flat=True).distinct())
    if kind in present:
        documents = documents.filter(kind=kind)
    rows = documents.select_related("publisher").order_by("-dated_on", "title")
    return {
        "documents": page_of(rows, request),
        "kinds": [choice for choice in DocumentKind.choices if choice[0] in present],
        "kind": kind if kind in present else "",
    }


def document_sections(document: KnowledgeDocument, reader: Reader) -> dict[str, Any]:
    """`files`, `older_files`, `missing_files` (a number), `themes`, `citations`.

    `pictured` is the first of `files` with a picture of its first page, or None.
    """
    rows = document.readable_files()
    total = document.files.count()
    files = [row for row in rows if not row.is_superseded]
    return {
        "files": files,
        "pictured": next((row for row in files if row.document.preview_url), None),
        "older_files": [row for row in rows if row.is_superseded],
        # Said without a name: the page may be wider than the file became.
        "missing_files": total - len(rows),
        "themes": document.themes_for(reader),
        "citations": list(document.citations.all()),
    }
