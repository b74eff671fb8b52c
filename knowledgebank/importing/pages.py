"""The page of an imported document: made as a draft, given its title, published."""

from __future__ import annotations

from django.db import transaction
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.tasks import update_reference_index_task

from knowledgebank.importing.metadata import LONGEST_TITLE, best_date, first_heading, guess_kind
from knowledgebank.importing.options import Options
from knowledgebank.models import DocumentFile, DocumentIndexPage, KnowledgeDocument
from knowledgebank.review.actions.releases import let_in
from kpo.audit.log import record
from kpo.files.actions import document_from, name_as_title, save_import
from kpo.files.intake import Intake
from kpo.files.models import Document


def page_of(source_hash: str) -> KnowledgeDocument | None:
    """The page of a file with these bytes, if it came in before."""
    row = DocumentFile.objects.filter(document__source_hash=source_hash).order_by("pk").first()
    return row.page if row else None


@transaction.atomic
def make_page(intake: Intake, options: Options) -> KnowledgeDocument:
    """The stored file, its draft page and the entry in the log: all of them or none."""
    document = save_import(document_from(intake, audience=options.audience, owner=options.owner))
    page = KnowledgeDocument(
        title=document.title[:LONGEST_TITLE],
        audience=options.audience,
        kind=options.kind or guess_kind(document.title),
        dated_on=best_date(intake.date, document.title),
        responsible=options.owner,
        live=False,
    )
    page.themes = list(options.themes)
    page.files = [DocumentFile(document=document)]
    # Each row of a page would queue a job that reads the whole page again; `settle` queues one.
    with disable_reference_index_auto_update():
        DocumentIndexPage.objects.get().add_child(instance=page)
    details = {"audience": options.audience, "kind": page.kind, "file": str(document.uuid)}
    record("knowledgebank.import", actor=None, obj=page, details=details)
    return page


@transaction.atomic
def settle(page: KnowledgeDocument, document: Document, options: Options) -> None:
    """
    Give a new page its best title and its first revision; one that has a revision is left alone.

    Until then nobody has worked on it: an editor's words are never written over.
    """
    if page.latest_revision_id is None:
        with disable_reference_index_auto_update():
            _improve(page, document)
            page.save_revision(user=options.owner, log_action=False, clean=False)
        meta = page._meta
        update_reference_index_task.enqueue(meta.app_label, meta.model_name, str(page.pk))


def _improve(page: KnowledgeDocument, document: Document) -> None:
    """A title that came from the file's name gives way to the first heading of its text."""
    heading = first_heading(document)
    if heading and page.title == name_as_title(document.original_name)[:LONGEST_TITLE]:
        page.title = document.title = page.draft_title = heading
        page.dated_on = best_date(page.dated_on, heading)
        document.save(update_fields=["title"])
        page.slug = ""
        page.full_clean()
        page.set_url_path(page.get_parent())
        _store_first_title(page)


def _store_first_title(page: KnowledgeDocument) -> None:
    """Nobody has seen the page yet, so there is no address to redirect: `save` would try to."""
    fields = ("title", "draft_title", "slug", "url_path", "dated_on")
    KnowledgeDocument.objects.filter(pk=page.pk).update(
        **{name: getattr(page, name) for name in fields}
    )


@transaction.atomic
def publish(page: KnowledgeDocument) -> None:
    """Publish what was last written on the page; raises ValidationError in Dutch."""
    let_in(actor=None, page=page, source="import")
    page.get_latest_revision().publish(log_action=False)
    record("knowledgebank.publish_import", actor=None, obj=page)
