"""The condition that a page made of an offer shows only what its submitter agreed to."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from knowledgebank.models import KnowledgePage, Offer, OfferConsent, Practice
from knowledgebank.review.content import fingerprint
from kpo.people import tokens

NO_CONSENT = (
    "Wie dit praktijkvoorbeeld instuurde, moet deze tekst eerst goed vinden. Vraag dat bij "
    "‘Aangeboden’ van de redactieraad."
)
TOO_WIDE = (
    "Wie dit praktijkvoorbeeld instuurde, vond het goed voor een kleinere groep lezers. Vraag "
    "eerst opnieuw akkoord bij ‘Aangeboden’ van de redactieraad."
)


def lacking(page: Any) -> str:
    """Why this text may not be shown, as a sentence; empty for a page that is of no offer."""
    offers = offers_behind(page)
    if not offers:
        return ""
    mark = fingerprint(page)
    for offer in offers:
        answer = answer_to(offer, mark)
        if answer is None or not answer.is_given:
            return NO_CONSENT
        if not tokens.may_stand_under(page.audience, answer.audience):
            return TOO_WIDE
    return ""


def offers_behind(page: Any) -> list[Offer]:
    """What the page says of itself and what the database has of it: the first may be made up."""
    if not isinstance(page, KnowledgePage):
        return []
    keys: set[Any] = {getattr(page, "offer_id", None)}
    stored = Practice.objects.filter(pk__in=[key for key in (page.pk, page.alias_of_id) if key])
    keys.update(stored.values_list("offer", flat=True))
    return list(Offer.objects.filter(pk__in=keys - {None}))


def answer_to(offer: Offer, mark: str) -> OfferConsent | None:
    """What holds of one text: the last answer, unless the offer was withdrawn since."""
    if offer.state != Offer.State.TAKEN_IN:
        return None
    return OfferConsent.objects.filter(offer=offer, fingerprint=mark).last()


def refuse_wider(sender: Any, page: Any, **kwargs: Any) -> None:
    """Raise ValidationError where a live page is given readers that nobody agreed to."""
    if not page.live or not issubclass(page.specific_class or object, KnowledgePage):
        return
    shown = page.specific
    if shown.audience != tokens.NOBODY and lacking(shown) == TOO_WIDE:
        raise ValidationError(TOO_WIDE, code="condition")
