"""Taking in documents by the folder: each file a document page, read, findable and reported."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import reset_queries, transaction

from knowledgebank.models import DocumentFile, DocumentIndexPage, KnowledgeDocument, ThemePage
from knowledgebank.site import ensure_site
from knowledgebank.vocabulary import DocumentKind
from kpo import jobs
from kpo.audit.log import record
from kpo.casedata.guard import find_case_data, mask
from kpo.files.actions import document_from, name_as_title, save_import
from kpo.files.intake import Intake, examine
from kpo.files.models import Document
from kpo.files.refusals import RefusedError
from kpo.files.states import ExtractionState, ScanState
from kpo.people.models import User

# Small enough to forget, large enough that a worker is not waited for at every file.
BATCH = 50
CHUNK = 1024 * 1024
LONGEST_TITLE = 200


class Result(StrEnum):
    IMPORTED = "geïmporteerd"
    KNOWN = "staat er al"
    HELD = "vastgehouden"
    REFUSED = "geweigerd"


@dataclass(frozen=True)
class Options:
    """What an operator asked for; `audience` is a token, `kind` None lets the title decide."""

    audience: str
    kind: DocumentKind | None = None
    themes: Sequence[ThemePage] = ()
    publish: bool = False
    owner: User | None = None


@dataclass(frozen=True)
class Report:
    """What became of one file; `title` and `reason` are for people, without case data."""

    path: Path
    result: Result
    title: str = ""
    reason: str = ""

    @property
    def is_refused(self) -> bool:
        return self.result in {Result.REFUSED, Result.HELD}


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
        yield from [_finish(each, options) for each in taken]
        _wait_for_index()
        # Only with DEBUG, which would otherwise remember every query of a long import.
        reset_queries()


def _take_in(path: Path, options: Options) -> _Taken | Report:
    try:
        with path.open("rb") as upload:
            known = _known_page(_hash(path))
            if known:
                return _Taken(path, known.pk, Result.KNOWN)
            with examine(upload, path.name) as intake:
                return _Taken(path, _make_page(intake, options).pk)
    except RefusedError as refusal:
        return Report(path, Result.REFUSED, reason=refusal.reason)
    except OSError as error:
        return Report(path, Result.REFUSED, reason=f"Niet te lezen: {error.strerror}.")


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _known_page(source_hash: str) -> KnowledgeDocument | None:
    row = DocumentFile.objects.filter(document__source_hash=source_hash).order_by("pk").first()
    return row.page if row else None


@transaction.atomic
def _make_page(intake: Intake, options: Options) -> KnowledgeDocument:
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
    DocumentIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=options.owner, log_action=False)
    details = {"audience": options.audience, "kind": page.kind, "file": str(document.uuid)}
    record("knowledgebank.import", actor=None, obj=page, details=details)
    return page


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
            _improve(page, document)
            if options.publish:
                _publish(page, options)
        except ValidationError as refusal:
            return Report(taken.path, Result.REFUSED, title, " ".join(refusal.messages))
    return Report(taken.path, taken.result, mask(page.title), _remark(document))


def _remark(document: Document) -> str:
    if document.page_count:
        return f"{document.page_count} pagina's" if document.page_count > 1 else "1 pagina"
    return document.state_note


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
    page.save_revision(log_action=False)


@transaction.atomic
def _publish(page: KnowledgeDocument, options: Options) -> None:
    page.save_revision(user=options.owner, log_action=False).publish(log_action=False)
    record("knowledgebank.publish_import", actor=None, obj=page)


# --- Title, date and kind ------------------------------------------------------------------------
def first_heading(document: Document) -> str:
    """The first heading of an Office or Markdown file; of a PDF the first line of its text."""
    for page in document.pages.all()[:3]:
        lines = [page.heading] if page.heading else page.text.splitlines()[:1]
        for line in lines:
            words = " ".join(line.lstrip("# ").split())
            if _is_title(words):
                return words
    return ""


def _is_title(words: str) -> bool:
    is_fit = 3 <= len(words) <= LONGEST_TITLE and any(letter.isalpha() for letter in words)
    return is_fit and not find_case_data(words)


_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
    *("augustus", "september", "oktober", "november", "december"),
)
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) ((?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def best_date(by_metadata: date | None, title: str) -> date | None:
    """
    The day that the title names; else the day of the metadata.

    A title about another year than that of the metadata ("Jaarverslag 2023", saved in 2026) is
    believed over it: programs write a new date when a file is saved once more.
    """
    day = _DAY.search(title)
    if day:
        return _day(int(day[3]), _MONTHS.index(day[2].lower()) + 1, int(day[1])) or by_metadata
    years = [int(year) for year in _YEAR.findall(title)]
    if not years or (by_metadata and by_metadata.year in years):
        return by_metadata
    return date(years[-1], 1, 1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_KIND_WORDS = {
    "verslag": DocumentKind.REPORT,
    "toolbox": DocumentKind.TOOLBOX,
    "barrièremodel": DocumentKind.BARRIER_MODEL,
    "barrieremodel": DocumentKind.BARRIER_MODEL,
    "factsheet": DocumentKind.FACTSHEET,
    "strategisch beeld": DocumentKind.STRATEGIC_PICTURE,
    "fenomeen": DocumentKind.PHENOMENON_STUDY,
    "crimescript": DocumentKind.CRIME_SCRIPT,
    "model": DocumentKind.MODEL_DOCUMENT,
    "e-zine": DocumentKind.MAGAZINE,
    "nieuwsbrief": DocumentKind.MAGAZINE,
    "uitspraak": DocumentKind.JURISPRUDENCE,
    "handreiking": DocumentKind.GUIDE,
}


def guess_kind(title: str) -> DocumentKind:
    """By a word in the title; a report when no word says anything."""
    lowered = title.lower()
    return next(
        (kind for word, kind in _KIND_WORDS.items() if word in lowered), DocumentKind.REPORT
    )
