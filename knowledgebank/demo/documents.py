"""Knowledge documents of the demo, each with a real file."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from knowledgebank.actions import make_obsolete
from knowledgebank.demo.builders import build, paper_of
from knowledgebank.demo.content import Written
from knowledgebank.demo.ground import Ground
from knowledgebank.models import (
    Citation,
    DocumentFile,
    DocumentIndexPage,
    KnowledgeDocument,
    ThemePage,
)
from knowledgebank.vocabulary import DocumentKind
from kpo.files.models import Document

REVIEW_AFTER = timedelta(days=365)
FIRST_VERSION = "1.0"


def plant_drafts(ground: Ground) -> int:
    """Make pages for the documents that are missing, so that themes can link to them."""
    there = set(KnowledgeDocument.objects.values_list("slug", flat=True))
    missing = [text for text in ground.content.documents if text.slug not in there]
    parent = DocumentIndexPage.objects.get() if missing else None
    for text in missing:
        ground.add(parent, _page(ground, text))
    return len(missing)


def _page(ground: Ground, text: Written) -> KnowledgeDocument:
    dated_on = _dated(text)
    return KnowledgeDocument(
        slug=text.slug,
        title=text.title,
        kind=text.head["kind"],
        summary=text.summary,
        audience=ground.audience(text.audience),
        regions=text.head["regions"],
        publisher=ground.organisations[text.head["organisation"]],
        responsible=ground.editor,
        dated_on=dated_on,
        reviewed_on=dated_on,
        review_due_on=dated_on + REVIEW_AFTER,
    )


def _dated(text: Written) -> date:
    return text.head["date"]


def plant_documents(ground: Ground) -> int:
    """Publish the documents that were never published, oldest first; returns how many."""
    waiting = {
        page.slug: page
        for page in KnowledgeDocument.objects.filter(
            slug__in=[text.slug for text in ground.content.documents],
            live=False,
            first_published_at=None,
        )
    }
    themes = {theme.slug: theme for theme in ThemePage.objects.all()} if waiting else {}
    for text in sorted(ground.content.documents, key=_dated):
        if text.slug in waiting:
            with transaction.atomic():
                _fill(ground, waiting[text.slug], text, themes)
    return len(waiting)


def _fill(
    ground: Ground, page: KnowledgeDocument, text: Written, themes: dict[str, ThemePage]
) -> None:
    page.themes = [themes[slug] for slug in text.head["themes"]]
    page.citations = [
        Citation(identifier=cited.identifier, label=cited.label) for cited in text.citations
    ]
    page.files = [_file(ground, page, one) for one in (text, *_attachments(ground, text))]
    ground.publish(page, _dated(text))
    if reason := text.head.get("obsolete"):
        make_obsolete(actor=ground.editor, page=page, reason=reason)


def _attachments(ground: Ground, text: Written) -> list[Written]:
    """What else belongs to this document, what still holds first."""
    own = [one for one in ground.content.attachments if one.head["document"] == text.slug]
    return sorted(own, key=lambda one: one.head.get("superseded", False))


def _file(ground: Ground, page: KnowledgeDocument, text: Written) -> DocumentFile:
    return DocumentFile(
        document=_store(ground, page, text),
        label=text.head.get("label", ""),
        version=text.head.get("version", FIRST_VERSION),
        is_superseded=text.head.get("superseded", False),
    )


def _store(ground: Ground, page: KnowledgeDocument, text: Written) -> Document:
    extension = text.head["format"]
    paper = paper_of(
        text,
        kind_label=DocumentKind(page.kind).label,
        organisation=page.publisher.name if page.publisher else "",
    )
    return ground.store(
        build(extension, paper),
        name=f"{text.slug}.{extension}",
        audience=page.audience,
        title=text.title,
    )
