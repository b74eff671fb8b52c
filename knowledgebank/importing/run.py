"""Taking in documents by the folder: each file a document page, read, findable and reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import reset_queries

from knowledgebank.importing.options import Options
from knowledgebank.importing.pages import make_page, page_of, publish, settle
from knowledgebank.models import KnowledgeDocument
from knowledgebank.site import ensure_site
from kpo import jobs
from kpo.casedata.guard import mask
from kpo.files.intake import examine
from kpo.files.models import Document
from kpo.files.refusals import RefusedError
from kpo.files.states import ExtractionState, ScanState
from kpo.files.storage import sha256_of

# Small enough to forget, large enough that a worker is not waited for at every file.
BATCH = 50


class Result(StrEnum):
    IMPORTED = "geïmporteerd"
    KNOWN = "staat er al"
    HELD = "vastgehouden"
    REFUSED = "geweigerd"


REFUSALS = frozenset({Result.REFUSED, Result.HELD})


@dataclass(frozen=True)
class Report:
    """What became of one file; `title` and `reason` are for people, without case data."""

    path: Path
    result: Result
    title: str = ""
    reason: str = ""

    @property
    def is_refused(self) -> bool:
        return self.result in REFUSALS


@dataclass
class _Taken:
    """A file that came in and whose page waits for its text."""

    path: Path
    page_id: int
    result: Result = Result.IMPORTED
    document_ids: list[int] = field(default_factory=list)


# --- What to take in -----------------------------------------------------------------------------
def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named and those in the folders named, each once, in order; hidden ones stay out."""
    seen = set()
    for path in paths:
        found = sorted(_visible_files(path)) if path.is_dir() else [path]
        for each in found:
            if each.resolve() not in seen:
                seen.add(each.resolve())
                yield each


def _visible_files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not path.is_symlink() and not is_hidden:
            yield path


# --- Taking in -----------------------------------------------------------------------------------
def import_files(paths: Iterable[Path], options: Options) -> Iterator[Report]:
    """
    Take files in, batch by batch; a report per file comes when it is read and, if published,
    findable. Can be stopped at any moment and started again: what is there is recognized.
    """
    ensure_site()
    files = iter(paths)
    while batch := list(islice(files, BATCH)):
        taken: list[_Taken] = []
        for path in batch:
            outcome = _take_in(path, options)
            if isinstance(outcome, Report):
                yield outcome
            else:
                taken.append(outcome)
        _wait_for_text(taken)
        reports = [_finish(each, options) for each in taken]
        _wait_for_index()
        yield from reports
        # Only with DEBUG, which would otherwise remember every query of a long import.
        reset_queries()


def _take_in(path: Path, options: Options) -> _Taken | Report:
    try:
        with path.open("rb") as upload:
            known = page_of(sha256_of(upload))
            if known:
                return _Taken(path, known.pk, Result.KNOWN)
            with examine(upload, path.name) as intake:
                return _Taken(path, make_page(intake, options).pk)
    except RefusedError as refusal:
        return Report(path, Result.REFUSED, reason=refusal.reason)
    except OSError as error:
        return Report(path, Result.REFUSED, reason=f"Niet te lezen: {error.strerror}.")


# --- Waiting -------------------------------------------------------------------------------------
def _documents(taken: Sequence[_Taken]) -> list[Document]:
    pages = [each.page_id for each in taken]
    return list(Document.objects.filter(document_files__page__in=pages))


def _wait_for_text(taken: Sequence[_Taken]) -> None:
    if taken:
        jobs.wait_until(lambda: all(_is_settled(each) for each in _documents(taken)))


def _is_settled(document: Document) -> bool:
    """Nothing more will happen by itself soon; a scanner that does not answer is not waited for."""
    if document.scan_state == ScanState.WAITING:
        return bool(document.state_note)
    is_shut = document.scan_state not in {ScanState.CLEAN, ScanState.RELEASED}
    return is_shut or document.extraction_state != ExtractionState.WAITING


def _wait_for_index() -> None:
    last = jobs.latest()
    jobs.wait_until(lambda: not jobs.pending(queue="search", up_to=last))


# --- Finishing -----------------------------------------------------------------------------------
def _finish(taken: _Taken, options: Options) -> Report:
    page = KnowledgeDocument.objects.get(pk=taken.page_id)
    document = page.files.select_related("document").first().document
    title = mask(page.title)
    if document.is_held:
        reason = "In de tekst staat iets dat lijkt op zaakgegevens. Een redacteur beslist erover."
        return Report(taken.path, Result.HELD, title, reason)
    if not document.is_available:
        reason = document.state_note or document.get_scan_state_display()
        return Report(taken.path, Result.REFUSED, title, reason)
    if not page.live and page.first_published_at is None:
        try:
            settle(page, document, options)
            if options.publish:
                publish(page)
        except ValidationError as refusal:
            return Report(taken.path, Result.REFUSED, title, " ".join(refusal.messages))
    return Report(taken.path, taken.result, mask(page.title), _remark(document))


def _remark(document: Document) -> str:
    if document.page_count:
        return f"{document.page_count} pagina's" if document.page_count > 1 else "1 pagina"
    return document.state_note
