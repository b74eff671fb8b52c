"""Verbs of who handles an offer: ask back, decline, take in, ask for consent."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from knowledgebank.models import Offer, OfferMessage, Practice, PracticeIndexPage
from knowledgebank.offering import notices
from knowledgebank.offering.actions.drafting import NOT_NOW, SOMETHING_TO_SAY, is_bad
from knowledgebank.offering.people import can_handle
from knowledgebank.offering.stages import Stage, progress_of
from knowledgebank.offering.texts import practice_of
from kpo.audit import log as audit
from kpo.inbox.telling import settle, tell
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.reader import reader_for

WHY = "Schrijf waarom, zodat wie het instuurde ervan leert."
FOR_WHOM = "Kies wie het straks mag lezen: een groep waar jij en de inzender allebei bij horen."
WAITING_FILES = (
    "Niet alle bestanden zijn al gecontroleerd. Wacht daarmee, of vraag de beheerder ernaar."
)
BAD_FILES = (
    "Een van de bestanden kan niet worden gebruikt. Vraag de inzender dat bestand weg te halen."
)
NO_PLACE = "Er is nog geen overzicht van praktijkvoorbeelden. Vraag de beheerder ernaar."
NOTHING_NEW = "De inzender is al akkoord met deze tekst."


def handled(actor: User, offer: Offer) -> Offer:
    """The offer under a lock. Raises PermissionDenied for who does not handle it."""
    locked: Offer = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    if not can_handle(reader_for(actor), locked):
        raise PermissionDenied
    return locked


@transaction.atomic
def ask_back(*, actor: User, offer: Offer, text: str) -> OfferMessage:
    """Ask the submitter something, or tell; the answer comes back to the actor."""
    offer = handled(actor, offer)
    if offer.state not in (Offer.State.SENT, Offer.State.TAKEN_IN):
        raise ValidationError(NOT_NOW)
    if not text.strip():
        raise ValidationError(SOMETHING_TO_SAY)
    message = OfferMessage.objects.create(offer=offer, author=actor, text=text.strip())
    _take_up(actor, offer)
    audit.record("knowledgebank.ask_about_offer", actor=actor, obj=offer)
    tell(notices.ASKED, offer, event=str(message.uuid), actor=actor)
    return message


def _take_up(actor: User, offer: Offer) -> None:
    """From here on answers come to the actor."""
    if offer.handled_by_id != actor.pk:
        offer.handled_by = actor
        offer.save(update_fields=["handled_by"])


@transaction.atomic
def decline(*, actor: User, offer: Offer, reason: str) -> None:
    """Say no, and why. Raises ValidationError without a reason and for what is not open."""
    offer = handled(actor, offer)
    if offer.state != Offer.State.SENT:
        raise ValidationError(NOT_NOW)
    if not reason.strip():
        raise ValidationError(WHY)
    offer.state, offer.reason = Offer.State.DECLINED, reason.strip()
    offer.decided_at, offer.handled_by = timezone.now(), actor
    offer.save()
    settle(notices.SENT, offer)
    audit.record("knowledgebank.decline_offer", actor=actor, obj=offer)
    _tell_step(actor, offer, "declined")


@transaction.atomic
def take_in(*, actor: User, offer: Offer, audience: str) -> Practice:
    """Make a draft page of an offer, to be read by `audience` once it is published.

    Raises ValidationError for an audience that the actor or the submitter does not hold, and as
    long as a file was not checked.
    """
    offer = handled(actor, offer)
    if offer.state != Offer.State.SENT:
        raise ValidationError(NOT_NOW)
    if audience not in audiences_for(actor, offer):
        raise ValidationError(FOR_WHOM)
    _require_checked_files(offer)
    parent = PracticeIndexPage.objects.order_by("pk").first()
    if parent is None:
        raise ValidationError(NO_PLACE)
    page = practice_of(offer)
    page.audience, page.live, page.responsible = audience, False, actor
    parent.add_child(instance=page)
    # What stands there is the submitter's: who wrote it does not judge it.
    page.save_revision(user=offer.person)
    offer.state, offer.decided_at, offer.handled_by = Offer.State.TAKEN_IN, timezone.now(), actor
    offer.save()
    settle(notices.SENT, offer)
    details = {"page": str(page.uuid), "audience": audience}
    audit.record("knowledgebank.take_in_offer", actor=actor, obj=offer, details=details)
    _tell_step(actor, offer, "taken_in")
    return page


def _require_checked_files(offer: Offer) -> None:
    documents = [row.document for row in offer.files.select_related("document")]
    if any(is_bad(document) for document in documents):
        raise ValidationError(BAD_FILES)
    if not all(document.is_available for document in documents):
        raise ValidationError(WAITING_FILES)


def audiences_for(actor: User, offer: Offer) -> list[str]:
    """Whom it may be for, the smallest group first: what both hold, and no closed space."""
    both = reader_for(actor).audiences & reader_for(offer.person).audiences
    open_ones = (tokens.PUBLIC_SECTOR, tokens.ACCOUNTS, tokens.PUBLIC)
    if not offer.person.is_active:
        both = reader_for(actor).audiences
    return [token for token in open_ones if token in both]


@transaction.atomic
def ask_consent(*, actor: User, offer: Offer) -> None:
    """Lay the text as it is now before the submitter.

    Raises ValidationError where there is nothing to agree to.
    """
    offer = handled(actor, offer)
    progress = progress_of(offer)
    if progress.stage in (Stage.AGREED, Stage.REVIEW, Stage.PUBLISHED):
        raise ValidationError(NOTHING_NEW)
    if progress.stage not in (Stage.EDITING, Stage.CONSENT):
        raise ValidationError(NOT_NOW)
    offer.asked_at = timezone.now()
    offer.handled_by = actor
    offer.save()
    audit.record("knowledgebank.ask_consent", actor=actor, obj=offer)
    event = f"{offer.uuid}:{offer.asked_at.isoformat()}"
    tell(notices.CONSENT, offer, event=event, actor=actor, facts={"outcome": "asked"})


def _tell_step(actor: User, offer: Offer, outcome: str) -> None:
    event = f"{offer.uuid}:{outcome}:{timezone.now().isoformat()}"
    tell(notices.STEP, offer, event=event, actor=actor, facts={"outcome": outcome})
