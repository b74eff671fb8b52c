"""The lists of work: what waits for somebody, for the board, and what became of own texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import TaskState

from knowledgebank.models import Appraisal, ReviewItem, Verdict
from kpo.people.reader import Reader

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the lists: its key in the address, its name, and what is in it for whom."""

    key: str
    label: str
    empty: str
    chosen: Callable[[QuerySet[ReviewItem], Reader], QuerySet[ReviewItem]]


@dataclass(frozen=True)
class Work:
    """A list with how much is in it; `rows` only of the one that is looked at."""

    kind: Kind
    total: int
    is_chosen: bool
    rows: list[Any]
    today: date


def _waiting(items: Any, reader: Reader) -> Any:
    """Open, taken up by the reader or asked of them, or of a theme they guard; not judged yet."""
    person = reader.person
    judged = Appraisal.objects.filter(
        item=OuterRef("pk"), reviewer=person, given_at__gte=OuterRef("revision__created_at")
    )
    return items.open().filter(items.is_duty_of(person)).exclude(Exists(judged)).distinct()


def _open(items: Any, reader: Reader) -> Any:
    return items.open()


def _own(items: Any, reader: Reader) -> Any:
    return items.filter(workflow_state__requested_by=reader.person)


def _returned(items: Any, reader: Reader) -> Any:
    return items.filter(
        status=TaskState.STATUS_REJECTED, workflow_state__current_task_state=F("pk")
    )


def _decided(items: Any, reader: Reader) -> Any:
    return items.filter(status=TaskState.STATUS_APPROVED)


LISTS: tuple[Kind, ...] = (
    Kind("wacht", "Wacht op mij", "Er wacht niets op jou. Kijk bij de raad wat je kunt oppakken.",
         _waiting),
    Kind("raad", "Bij de raad", "Er ligt niets bij de redactieraad.", _open),
    Kind("terug", "Teruggestuurd", "Er is niets teruggestuurd.", _returned),
    Kind("eigen", "Door mij ingestuurd", "Je hebt nog niets ingestuurd.", _own),
    Kind("klaar", "Goedgekeurd", "Er is nog niets goedgekeurd.", _decided),
)  # fmt: skip


def work_for(reader: Reader, chosen: str) -> list[Work]:
    """Every list with its count, under the reader's rights, and the rows of the chosen one."""
    today = timezone.localdate()
    lists = {kind: kind.chosen(ReviewItem.objects.visible_to(reader), reader) for kind in LISTS}
    totals = {kind: items.count() for kind, items in lists.items()}
    # Without a choice the first list that has something in it.
    named = [kind for kind in LISTS if kind.key == chosen]
    shown = next(iter([*named, *(kind for kind in LISTS if totals[kind])]), LISTS[0])
    return [
        Work(kind, totals[kind], kind == shown, as_rows(items) if kind == shown else [], today)
        for kind, items in lists.items()
    ]


def as_rows(items: Any, *first: Any) -> list[Any]:
    """With who submitted, the approvals since the text was last written, and the themes; by
    `first`, then by day."""
    valid = Q(
        appraisals__verdict=Verdict.APPROVE, appraisals__given_at__gte=F("revision__created_at")
    )
    approved = Count("appraisals", filter=valid, distinct=True)
    return list(
        items.annotate(votes=approved)
        .select_related("page", "workflow_state__requested_by__organisation", "task__reviewtask")
        .prefetch_related("page__themes")
        .order_by(*first, "due_on", "pk")[:MOST_SHOWN]
    )
