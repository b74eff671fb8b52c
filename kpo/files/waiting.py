"""What readers cannot open yet: documents and images in one list, by the reason why they wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, QuerySet, TextChoices, Value, When

from kpo.casedata.guard import mask_each
from kpo.files.kinds import KINDS
from kpo.files.models import Document, Image, StoredFile
from kpo.files.permissions import can_release_file, can_work_on_file
from kpo.files.states import ExtractionState, ScanState
from kpo.people.reader import Reader

MODELS: dict[str, Any] = {"bestand": Document, "beeld": Image}


class Reason(TextChoices):
    """Why a file waits, the first that holds; in the order in which a person can act on it."""

    HELD = "zaakgegevens", "Zaakgegevens"
    UNSCANNED = "niet-gescand", "Niet gescand"
    UNREADABLE = "niet-gelezen", "Niet te lezen"
    REFUSED = "geweigerd", "Geweigerd"
    INFECTED = "virus", "Virus gevonden"
    SCANNING = "scan", "Wacht op de virusscan"
    READING = "lezen", "Wordt gelezen"


_REASON = Case(
    When(is_held=True, then=Value(Reason.HELD)),
    When(scan_state=ScanState.UNSCANNED, then=Value(Reason.UNSCANNED)),
    When(scan_state=ScanState.REFUSED, then=Value(Reason.REFUSED)),
    When(scan_state=ScanState.INFECTED, then=Value(Reason.INFECTED)),
    When(scan_state__in=(ScanState.WAITING, ScanState.FAILED), then=Value(Reason.SCANNING)),
    When(extraction_state=ExtractionState.FAILED, then=Value(Reason.UNREADABLE)),
    default=Value(Reason.READING),
    output_field=CharField(),
)


@dataclass(frozen=True)
class Waiting:
    """A file that waits, as one reader is told of it; `sort` is a key of MODELS.

    Of a file that this reader may let through but not open, `file` is None: no name, no size, no
    owner and no row number, only what kind it is, since when, and under which mark.
    """

    sort: str
    uuid: UUID
    title: str
    kind: str
    created_at: datetime
    file: StoredFile | None
    can_release: bool

    @property
    def is_masked(self) -> bool:
        return self.file is None


def counts(reader: Reader) -> list[tuple[Reason, int]]:
    """How many files wait for each reason that occurs, of those this reader is told of."""
    found: Counter[str] = Counter()
    for model in MODELS.values():
        by_reason = _of(model, reader).values("reason").annotate(number=Count("pk"))
        found.update({row["reason"]: row["number"] for row in by_reason})
    return [(reason, found[reason]) for reason in Reason if found[reason]]


def keys(reader: Reader, reason: str = "") -> QuerySet[Any]:
    """Sort and number of each file that waits, the newest first; of one reason if asked."""
    documents, images = (_keys(sort, reader, reason) for sort in MODELS)
    return documents.union(images, all=True).order_by("-created_at", "sort", "-pk")


def _keys(sort: str, reader: Reader, reason: str) -> QuerySet[Any]:
    files = _of(MODELS[sort], reader)
    if reason:
        files = files.filter(reason=reason)
    return files.annotate(sort=Value(sort)).values("created_at", "sort", "pk")


def _of(model: Any, reader: Reader) -> QuerySet[Any]:
    """What this reader works on, and what only that reader can let through."""
    return _with_reason(model.objects.workable_by(reader) | model.objects.releasable_by(reader))


def _with_reason(files: Any) -> QuerySet[Any]:
    waiting: QuerySet[Any] = files.unavailable().order_by().annotate(reason=_REASON)
    return waiting


def count_unscanned() -> int:
    """How many files any administrator finds in the list under that reason; for the operator."""
    every = (model.objects.awaiting_release() for model in MODELS.values())
    return sum(_with_reason(files).filter(reason=Reason.UNSCANNED).count() for files in every)


def fetch(found: Iterable[dict[str, Any]], reader: Reader) -> list[Waiting]:
    """The files behind some keys, in the same order; one that is gone by now is left out."""
    wanted = [(key["sort"], key["pk"]) for key in found]
    files = {
        sort: model.objects.in_bulk([pk for each, pk in wanted if each == sort])
        for sort, model in MODELS.items()
    }
    there = [(sort, files[sort][pk]) for sort, pk in wanted if pk in files[sort]]
    # Who may see that a file waits need not see the number for which it is held.
    titles = mask_each(file.title for _, file in there)
    return [
        told_of(sort, file, reader, title)
        for (sort, file), title in zip(there, titles, strict=True)
    ]


def told_of(sort: str, file: StoredFile, reader: Reader, title: str) -> Waiting:
    """What this reader learns of one file, which a list or an address of ours named."""
    is_shown = can_work_on_file(reader, file)
    kind = KINDS.get(file.extension)
    return Waiting(
        sort=sort,
        uuid=file.uuid,
        title=title if is_shown else f"Besloten {sort} {str(file.uuid)[:8]}",
        kind=kind.word.removeprefix("een ") if kind else sort,
        created_at=file.created_at,
        file=file if is_shown else None,
        can_release=can_release_file(reader, file),
    )
