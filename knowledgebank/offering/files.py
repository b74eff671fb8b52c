"""Who may open a file of an offer, while it is for nobody yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from knowledgebank.models import Offer, OfferFile, ReviewItem
from knowledgebank.review.enclosures import Enclosure
from knowledgebank.review.people import refusal
from kpo.files.models import Document
from kpo.people.reader import Reader


def openable(rows: QuerySet[OfferFile], reader: Reader) -> QuerySet[OfferFile]:
    """Those of `rows` that this reader may open, once they were checked.

    The submitter and who handles the offer may; and whoever may judge a text made of it, as long as
    that lies before the board, what stands on that text. The first publication gives a file the
    readers of its page: from then on nobody opens it by having judged it.
    """
    offers = Offer.objects.visible_to(reader).order_by().values("pk")
    checked = rows.filter(document__in=Document.objects.available().order_by().values("pk"))
    return checked.filter(Q(offer__in=offers) | _judged(rows, reader))


def can_open(reader: Reader, row: OfferFile) -> bool:
    """The predicate of `openable`."""
    return openable(OfferFile.objects.filter(pk=row.pk), reader).exists()


def _judged(rows: QuerySet[OfferFile], reader: Reader) -> Q:
    """The condition on files that stand on a text which this reader may judge now."""
    about = rows.filter(offer__published_at=None).order_by().values("offer")
    items = ReviewItem.objects.visible_to(reader).open().filter(page__practice__offer__in=about)
    found = Q(pk__in=[])
    for item in items:
        if not refusal(reader, item):
            text: Any = item.revision.as_object()
            shown = [row.document_id for row in text.files.all()]
            found |= Q(offer=text.offer_id, offer__published_at=None, document__in=shown)
    return found


def enclosed(item: ReviewItem, text: Any, reader: Reader) -> Iterator[Enclosure]:
    """The files of the offer behind a text before the board, for who may open them."""
    offer = getattr(text, "offer", None)
    if offer is None or offer.published_at is not None:
        return
    shown = [row.document_id for row in text.files.all()]
    rows = OfferFile.objects.filter(offer=offer, document__in=shown).select_related("document")
    for row in openable(rows, reader):
        address = reverse("knowledgebank:offer_file", args=[offer.uuid, row.uuid])
        yield Enclosure(row.document, row.document.title, address, is_early=True)
