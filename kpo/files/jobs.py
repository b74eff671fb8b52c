"""What happens to a file after it came in: a scan, reading its text, and sweeping up."""

import os
import shutil
import tempfile
import time
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django_tasks import task

from kpo import jobs
from kpo.audit.log import record
from kpo.casedata.actions import hold
from kpo.casedata.guard import find_case_data
from kpo.files import isolation, scanning
from kpo.files.extraction.sections import Section
from kpo.files.intake import INTAKE
from kpo.files.kinds import KINDS, Family
from kpo.files.models import Document, FilePage, StoredFile
from kpo.files.refusals import RefusedError
from kpo.files.signals import text_extracted
from kpo.files.states import SAFE_SCANS, ExtractionState, ScanState
from kpo.files.storage import BlobStorage, is_referenced

PLACE = "files"
# Also what could not be read before: someone asked for another try.
_UNREAD = (ExtractionState.WAITING, ExtractionState.FAILED)
_EXTRACTORS = {Family.PDF: "pdf", Family.OFFICE: "office", Family.TEXT: "plain_text"}


def begin(file: StoredFile) -> None:
    """Queue the next step for a file, in the caller's transaction."""
    if file.scan_state == ScanState.WAITING:
        scan_file.enqueue(file._meta.label_lower, str(file.uuid))
    elif file.scan_state in SAFE_SCANS and file.extraction_state == ExtractionState.WAITING:
        extract_text.enqueue(str(file.uuid))


# --- Scanning ------------------------------------------------------------------------------------
@jobs.name("Een bestand op virussen scannen")
@task(queue_name="files")
def scan_file(model: str, uuid: str) -> None:
    """Ask clamd; without an answer the file goes on waiting and the job is tried again."""
    file = apps.get_model(model).objects.filter(uuid=uuid, scan_state=ScanState.WAITING).first()
    if file is None:
        return
    try:
        with file.file.open("rb") as content:
            virus = scanning.find_virus(content)
    except scanning.ScannerError as error:
        _note(file, str(error))
        raise
    _settle_scan(file, virus)


@transaction.atomic
def _settle_scan(file: StoredFile, virus: str | None) -> None:
    if virus:
        file.scan_state, file.state_note = ScanState.INFECTED, f"Gevonden: {virus}."[:300]
        record("files.infected", actor=None, obj=file, outcome="refused")
    else:
        file.scan_state, file.state_note = ScanState.CLEAN, ""
    file.save(update_fields=["scan_state", "state_note"])
    begin(file)


def _note(file: StoredFile, note: str) -> None:
    file.state_note = note[:300]
    file.save(update_fields=["state_note"])


# --- Reading -------------------------------------------------------------------------------------
@jobs.name("De tekst van een bestand lezen")
@task(queue_name="files")
def extract_text(uuid: str) -> None:
    """Read the text elsewhere, within limits, and keep it; what cannot be read stays shut."""
    document = Document.objects.filter(
        uuid=uuid, scan_state__in=SAFE_SCANS, extraction_state__in=_UNREAD
    ).first()
    if document is None:
        return
    with tempfile.TemporaryDirectory(prefix=READING) as folder:
        preview = Path(folder, "preview.png")
        try:
            sections = _read(document, preview)
        except (isolation.ReadingError, RefusedError) as error:
            reason = error.reason if isinstance(error, RefusedError) else str(error)
            _fail(document, reason)
            raise jobs.FinalJobError(reason) from error
        _keep(document.pk, document.content_hash, sections, preview)


def _read(document: Document, preview: Path) -> list[Section]:
    kind = KINDS[document.extension]
    options = {} if kind.family is Family.PDF else {"extension": kind.extension}
    work = f"kpo.files.extraction.{_EXTRACTORS[kind.family]}:extract"
    return isolation.run(work, Path(document.file.path), preview, **options)


def _fail(document: Document, reason: str) -> None:
    document.extraction_state = ExtractionState.FAILED
    document.state_note = reason[:300]
    document.save(update_fields=["extraction_state", "state_note"])


@transaction.atomic
def _keep(pk: int, content_hash: str, sections: list[Section], preview: Path) -> None:
    """Replace the pages; not if the file was deleted or got other bytes in the meantime."""
    document = Document.objects.select_for_update().filter(pk=pk, content_hash=content_hash).first()
    if document is None:
        return
    document.pages.all().delete()
    FilePage.objects.bulk_create(
        FilePage(document=document, number=number, **section)
        for number, section in enumerate(sections, start=1)
    )
    has_text = any(section["text"] or section["heading"] for section in sections)
    document.extraction_state = ExtractionState.DONE if has_text else ExtractionState.EMPTY
    document.state_note = "" if has_text else _nothing_read(document)
    document.page_count = len(sections) if document.is_paged else None
    if preview.exists():
        with preview.open("rb") as picture:
            document.preview = document.preview.field.storage.save(None, File(picture))
    _hold_case_data(document, sections)
    document.save()
    text_extracted.send(sender=Document, document=document)


def _nothing_read(document: Document) -> str:
    if document.is_paged:
        return (
            "In deze pdf zit geen tekst: het is waarschijnlijk een scan. Lezers kunnen hem openen, "
            "maar niet op de inhoud zoeken. Maak zo mogelijk een versie met tekst."
        )
    return "In dit bestand staat geen tekst waarop te zoeken is."


def _hold_case_data(document: Document, sections: list[Section]) -> None:
    text = "\n".join(f"{section['heading']}\n{section['text']}" for section in sections)
    findings = find_case_data(f"{document.title}\n{text}")
    if findings:
        document.is_held = True
        hold(actor=document.uploaded_by_user, obj=document, place=PLACE, findings=findings)


# --- Sweeping ------------------------------------------------------------------------------------
KEEP_LOOSE_BYTES_SECONDS = 24 * 3600
READING = "kpo-reading-"


@jobs.name("Bestanden opruimen waar niets meer naar verwijst")
@jobs.periodic(cron="0 2 * * *")
@task(queue_name="files")
def sweep_loose_bytes() -> None:
    """Erase what a refused form, a rolled back transaction or a killed process left behind."""
    storage = BlobStorage()
    blobs = Path(storage.path("blobs"))
    edge = time.time() - KEEP_LOOSE_BYTES_SECONDS
    for path in blobs.glob("*/*"):
        name = str(path.relative_to(Path(settings.MEDIA_ROOT)))
        if path.stat().st_mtime < edge and not is_referenced(name):
            storage.delete(name)
    _sweep_workplaces(edge)


def _sweep_workplaces(edge: float) -> None:
    """A process that was killed left what it was reading, which may be closed."""
    for prefix in (INTAKE, READING):
        for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
            if folder.is_dir() and not folder.is_symlink() and _is_ours_from_before(folder, edge):
                shutil.rmtree(folder, ignore_errors=True)


def _is_ours_from_before(folder: Path, edge: float) -> bool:
    state = folder.lstat()
    return state.st_uid == os.geteuid() and state.st_mtime < edge
