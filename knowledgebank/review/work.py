"""The lists of work: what waits for somebody, for the board, and what became of own texts."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from wagtail.models import TaskState

from knowledgebank.listing import Listed, ListKind, listed
from knowledgebank.models import Appraisal, ReviewItem, ThemePage, Verdict
from kpo.people.reader import Reader

MOST_SHOWN = 100


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


LISTS: tuple[ListKind, ...] = (
    ListKind("wacht", "Wacht op mij",
             "Er wacht niets op jou. Kijk bij de raad wat je kunt oppakken.", _waiting),
    ListKind("raad", "Bij de raad", "Er ligt niets bij de redactieraad.", _open),
    ListKind("terug", "Teruggestuurd", "Er is niets teruggestuurd.", _returned),
    ListKind("eigen", "Door mij ingestuurd", "Je hebt nog niets ingestuurd.", _own),
    ListKind("klaar", "Goedgekeurd", "Er is nog niets goedgekeurd.", _decided),
)  # fmt: skip


def work_for(reader: Reader, chosen: str) -> list[Listed]:
    """Every list with its count, under the reader's rights, and the rows of the chosen one."""
    items = ReviewItem.objects.visible_to(reader)
    return listed(LISTS, items, reader, chosen=chosen, shown=lambda found: as_rows(found, reader))


def as_rows(items: Any, reader: Reader, *first: Any) -> list[Any]:
    """With who submitted, the approvals since the text was last written, and the themes that the
    reader may know of; by `first`, then by day."""
    valid = Q(
        appraisals__verdict=Verdict.APPROVE, appraisals__given_at__gte=F("revision__created_at")
    )
    approved = Count("appraisals", filter=valid, distinct=True)
    return list(
        items.annotate(votes=approved)
        .select_related("page", "workflow_state__requested_by__organisation", "task__reviewtask")
        .prefetch_related(themes_for(reader, "page__themes"))
        .order_by(*first, "due_on", "pk")[:MOST_SHOWN]
    )


def themes_for(reader: Reader, path: str = "themes") -> Prefetch[Any]:
    """The themes of each page in a list, as far as the reader may know of them."""
    themes: Any = ThemePage.objects.visible_to(reader).order_by("title")
    return Prefetch(path, queryset=themes)
