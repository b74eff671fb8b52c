"""What of the knowledge bank can be read, for search and for the inbox."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from knowledgebank.models import (
    Concern,
    EventPage,
    GlossaryPage,
    KnowledgeDocument,
    NewsPage,
    Offer,
    PlainPage,
    Practice,
    RegionPage,
    ReviewItem,
    ThemePage,
    WorkList,
)
from knowledgebank.offering.people import readers_of as readers_of_offer
from knowledgebank.review.people import readers_of
from knowledgebank.upkeep import people as of_upkeep
from kpo.design.dutch import day
from kpo.items import ItemType, Shown, register
from kpo.pages.item_types import page_type
from kpo.people import tokens
from kpo.people.reader import Reader

THEME = register(page_type("theme", "Thema's", ThemePage))
DOCUMENT = register(page_type("document", "Documenten", KnowledgeDocument))
PRACTICE = register(page_type("practice", "Praktijk", Practice))
EVENT = register(page_type("event", "Agenda", EventPage))
REGION = register(page_type("region", "Regio's", RegionPage))
PAGE = register(page_type("page", "Pagina's", PlainPage, NewsPage, GlossaryPage))


def reviews_visible_to(reader: Reader) -> Any:
    return ReviewItem.objects.visible_to(reader).select_related("page")


def shown(item: ReviewItem) -> Shown:
    page = item.page
    return Shown(
        title=f"Beoordeling: {page.draft_title or page.title}",
        url=reverse("knowledgebank:review_item", args=[item.uuid]),
        audience=page.working_audience,
    )


REVIEW = register(
    ItemType(
        "review",
        "Beoordelingen",
        (ReviewItem,),
        reviews_visible_to,
        readers_of,
        shown,
        reviews_visible_to,
    )
)


def concerns_visible_to(reader: Reader) -> Any:
    return Concern.objects.visible_to(reader).select_related("page")


def shown_concern(concern: Concern) -> Shown:
    page = concern.page
    return Shown(
        title=f"Melding: {page.title}",
        url=reverse("knowledgebank:concern", args=[concern.uuid]),
        audience=page.working_audience,
    )


CONCERN = register(
    ItemType(
        "concern",
        "Meldingen",
        (Concern,),
        concerns_visible_to,
        of_upkeep.readers_of,
        shown_concern,
        concerns_visible_to,
    )
)


def offers_visible_to(reader: Reader) -> Any:
    return Offer.objects.visible_to(reader)


def offer_shown(offer: Offer) -> Shown:
    """Without its title: who handles it gets this in a mail, which others may read along."""
    sent = f", ingestuurd op {day(offer.sent_at)}" if offer.sent_at else ""
    return Shown(
        title=f"Aangeboden praktijkvoorbeeld{sent}",
        url=reverse("knowledgebank:offer", args=[offer.uuid]),
        audience=tokens.NOBODY,
    )


OFFER = register(
    ItemType(
        "offer",
        "Aangeboden praktijkvoorbeelden",
        (Offer,),
        offers_visible_to,
        readers_of_offer,
        offer_shown,
        offers_visible_to,
    )
)


def work_visible_to(reader: Reader) -> Any:
    return WorkList.objects.visible_to(reader).select_related("theme")


def shown_work(work: WorkList) -> Shown:
    return Shown(
        title=f"Werk: {work.theme.title}",
        url=reverse("knowledgebank:theme_work", args=[work.theme.uuid]),
        audience=work.theme.audience,
    )


WORK = register(
    ItemType(
        "work",
        "Werklijsten",
        (WorkList,),
        work_visible_to,
        of_upkeep.guards_of,
        shown_work,
        work_visible_to,
    )
)
