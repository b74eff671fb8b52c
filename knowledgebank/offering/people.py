"""Who takes part in an offer: who made it, who handles it, who hears of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from knowledgebank.models import Ambassador, Offer, ThemePage
from knowledgebank.offering.querysets import EDITORS
from knowledgebank.querysets import SEATED
from kpo.people.models import User
from kpo.people.reader import Reader


def can_see(reader: Reader, offer: Offer) -> bool:
    """The predicate of `OfferQuerySet.visible_to`."""
    return Offer.objects.visible_to(reader).filter(pk=offer.pk).exists()


def can_handle(reader: Reader, offer: Offer) -> bool:
    """The predicate of `OfferQuerySet.handled_by`."""
    return Offer.objects.handled_by(reader).filter(pk=offer.pk).exists()


def may_read_text(reader: Reader, offer: Offer) -> bool:
    """Whether the reader is among those for whom the page made of it is meant."""
    page = offer.page
    return page is None or reader.holds(page.working_audience)


def is_own(reader: Reader, offer: Offer) -> bool:
    return reader.person is not None and offer.person_id == reader.person.pk


def readers_of(offer: Offer) -> QuerySet[User]:
    """Everyone who may read the offer. Twin of `OfferQuerySet.visible_to`."""
    handlers = handlers_of(offer).values("pk")
    return User.objects.active().filter(Q(pk=offer.person_id) | Q(pk__in=handlers))


def handlers_of(offer: Offer) -> QuerySet[User]:
    """Everyone who handles it. Twin of `OfferQuerySet.handled_by`."""
    if offer.state in (Offer.State.DRAFT, Offer.State.WITHDRAWN):
        return User.objects.none()
    among = Q(pk__in=User.objects.with_role(*SEATED).values("pk")) | Q(pk__in=_guards(offer))
    page = offer.page
    if offer.state == Offer.State.TAKEN_IN and page is not None:
        editors = User.objects.holding(page.working_audience).with_role(*EDITORS)
        among |= Q(pk__in=editors.values("pk"))
    found = User.objects.active().filter(among).exclude(pk=offer.person_id)
    for theme in offer.themes.all():
        found = found.filter(pk__in=User.objects.holding(theme.working_audience).values("pk"))
    return found


def concerned_with(offer: Offer) -> QuerySet[User]:
    """To whom it goes: the ambassadors of its themes, and where there are none, the board."""
    handlers = handlers_of(offer)
    guards = handlers.filter(pk__in=_guards(offer))
    if guards.exists():
        return guards
    return handlers.filter(pk__in=User.objects.with_role(*SEATED).values("pk"))


def _guards(offer: Offer) -> QuerySet[Any, Any]:
    return Ambassador.objects.filter(theme__in=offer.themes.all()).values("person")


def themes_of(offer: Offer, reader: Reader) -> QuerySet[ThemePage]:
    """Those of its themes that this reader may read."""
    themes: QuerySet[ThemePage] = ThemePage.objects.visible_to(reader)
    return themes.filter(offers=offer).order_by("title")
