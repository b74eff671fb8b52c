"""The lists of what was offered: what waits, what is worked on, what was decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from knowledgebank.models import Offer, OfferConsent, ReviewItem
from kpo.paging import page_of
from kpo.people.reader import Reader


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the lists: its key in the address, its name, and what is in it."""

    key: str
    label: str
    empty: str
    chosen: Callable[[Any], QuerySet[Offer]]


@dataclass(frozen=True)
class Work:
    """A list with how much is in it; `rows` only of the one that is looked at."""

    kind: Kind
    total: int
    is_chosen: bool
    rows: Any


LISTS: tuple[Kind, ...] = (
    Kind(
        "nieuw",
        "Nieuw",
        "Er is niets nieuws aangeboden.",
        lambda offers: offers.sent().order_by("sent_at", "pk"),
    ),
    Kind(
        "bezig",
        "In bewerking",
        "Er wordt niets bewerkt.",
        lambda offers: offers.taken_in().filter(published_at=None).order_by("decided_at", "pk"),
    ),
    Kind(
        "klaar",
        "Gepubliceerd",
        "Er is nog niets gepubliceerd.",
        lambda offers: offers.taken_in().exclude(published_at=None).order_by("-published_at", "pk"),
    ),
    Kind(
        "afgewezen",
        "Afgewezen",
        "Er is niets afgewezen.",
        lambda offers: offers.declined().order_by("-decided_at", "pk"),
    ),
)


def work_for(reader: Reader, request: HttpRequest) -> list[Work]:
    """Every list with its count, under the reader's rights, and the rows of the chosen one."""
    lists = {kind: kind.chosen(Offer.objects.handled_by(reader)) for kind in LISTS}
    totals = {kind: offers.count() for kind, offers in lists.items()}
    named = [kind for kind in LISTS if kind.key == request.GET.get("lijst")]
    # Without a choice the first list that has something in it.
    shown = next(iter([*named, *(kind for kind in LISTS if totals[kind])]), LISTS[0])
    return [
        Work(kind, totals[kind], kind == shown, _rows(offers, request) if kind == shown else None)
        for kind, offers in lists.items()
    ]


def _rows(offers: Any, request: HttpRequest) -> Any:
    """With whether the last answer of the submitter was yes, and whether the board has it."""
    answers = OfferConsent.objects.filter(offer=OuterRef("pk")).order_by("-pk")
    before_board = ReviewItem.objects.open().filter(page__practice__offer=OuterRef("pk"))
    rows = offers.select_related("organisation", "handled_by__organisation").annotate(
        last_answer=Subquery(answers.values("is_given")[:1], output_field=BooleanField()),
        is_in_review=Exists(before_board),
    )
    return page_of(rows, request)
