"""The lists of what was offered: what waits, what is worked on, what was decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from knowledgebank.listing import Listed, ListKind, listed
from knowledgebank.models import Offer
from knowledgebank.offering.stages import with_facts
from kpo.paging import page_of
from kpo.people.reader import Reader

LISTS: tuple[ListKind, ...] = (
    ListKind(
        "nieuw",
        "Nieuw",
        "Er is niets nieuws aangeboden.",
        lambda offers, reader: offers.sent().order_by("sent_at", "pk"),
    ),
    ListKind(
        "bezig",
        "In bewerking",
        "Er wordt niets bewerkt.",
        lambda offers, reader: (
            offers.taken_in().filter(published_at=None).order_by("decided_at", "pk")
        ),
    ),
    ListKind(
        "klaar",
        "Gepubliceerd",
        "Er is nog niets gepubliceerd.",
        lambda offers, reader: (
            offers.taken_in().exclude(published_at=None).order_by("-published_at", "pk")
        ),
    ),
    ListKind(
        "afgewezen",
        "Afgewezen",
        "Er is niets afgewezen.",
        lambda offers, reader: offers.declined().order_by("-decided_at", "pk"),
    ),
)


def work_for(reader: Reader, request: HttpRequest) -> list[Listed]:
    """Every list with its count, under the reader's rights, and the rows of the chosen one."""
    return listed(
        LISTS,
        Offer.objects.handled_by(reader),
        reader,
        chosen=request.GET.get("lijst", ""),
        shown=lambda offers: _rows(offers, request),
    )


def _rows(offers: Any, request: HttpRequest) -> Any:
    """With what the submitter said of the text as it is now, and whether the board has it."""
    rows = offers.select_related("organisation", "handled_by__organisation")
    return page_of(with_facts(rows), request)
