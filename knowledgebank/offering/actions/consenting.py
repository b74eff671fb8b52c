"""Verbs about the edited text: agree, not yet, and going on for somebody who left."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from knowledgebank.models import Offer, OfferConsent, ReviewItem, ReviewRule
from knowledgebank.offering import notices
from knowledgebank.offering.actions.drafting import own
from knowledgebank.offering.actions.handling import handled
from knowledgebank.offering.people import may_read_text
from knowledgebank.offering.stages import Progress, Stage, progress_of
from knowledgebank.querysets import SEATED
from knowledgebank.review.actions.appraisals import count_again
from knowledgebank.review.actions.rounds import begin_round
from knowledgebank.review.gate import release_of
from knowledgebank.review.locking import hold
from kpo.audit import log as audit
from kpo.inbox.telling import settle, tell
from kpo.people.models import User
from kpo.people.reader import reader_for

NOT_ASKED = "Er is nu geen tekst om akkoord op te geven. Je hoort het als die er is."
CHANGED = "De tekst is veranderd terwijl je las. Lees hem opnieuw en geef dan je antwoord."
WHAT_ELSE = "Schrijf wat er anders moet, zodat de redactie het kan aanpassen."
STILL_HERE = "Wie dit instuurde heeft nog een account en geeft zelf antwoord."


@transaction.atomic
def agree(*, actor: User, offer: Offer, seen: str) -> OfferConsent:
    """Agree to the text whose fingerprint is `seen`, for the readers it is meant for.

    It goes to the board then; where the board's votes were in already, it is published. Raises
    ValidationError where nothing is asked, or where the text changed meanwhile.
    """
    offer = own(actor, offer)
    _require_reader(actor, offer)
    progress = _asked(offer, seen)
    given = _answer(actor, offer, progress, is_given=True)
    audit.record("knowledgebank.agree_to_text", actor=actor, obj=offer, details={"mark": seen})
    _tell_handler(actor, offer, given, "agreed")
    _go_on(actor, offer, progress)
    return given


@transaction.atomic
def not_yet(*, actor: User, offer: Offer, seen: str, remark: str) -> OfferConsent:
    """Say what must change first. What the votes were worth, they are worth nothing without."""
    offer = own(actor, offer)
    _require_reader(actor, offer)
    progress = _asked(offer, seen)
    if not remark.strip():
        raise ValidationError(WHAT_ELSE)
    given = _answer(actor, offer, progress, is_given=False, remark=remark.strip())
    audit.record("knowledgebank.object_to_text", actor=actor, obj=offer, details={"mark": seen})
    _tell_handler(actor, offer, given, "not_yet")
    return given


@transaction.atomic
def go_on_without(*, actor: User, offer: Offer, seen: str) -> OfferConsent:
    """Let the board go on with the organisation alone, where the submitter's account is gone.

    Raises PermissionDenied for who is not of the board, ValidationError where the submitter can
    still answer.
    """
    offer = handled(actor, offer)
    _require_reader(actor, offer)
    if not reader_for(actor).has_role(*SEATED):
        raise PermissionDenied
    if offer.person.is_active:
        raise ValidationError(STILL_HERE)
    progress = _asked(offer, seen)
    offer.attribution, offer.contact = Offer.Attribution.ORGANISATION, Offer.Contact.NOBODY
    offer.save()
    given = _answer(actor, offer, progress, is_given=True, is_by_board=True)
    audit.record("knowledgebank.agree_for_leaver", actor=actor, obj=offer, details={"mark": seen})
    _go_on(actor, offer, progress)
    return given


def _require_reader(actor: User, offer: Offer) -> None:
    if not may_read_text(reader_for(actor), offer):
        raise PermissionDenied


def _asked(offer: Offer, seen: str) -> Progress:
    page = offer.page
    if offer.state != Offer.State.TAKEN_IN or page is None or offer.asked_at is None:
        raise ValidationError(NOT_ASKED)
    # The last vote and the answer wait for each other, in the order of who saves the page.
    hold(page.pk)
    list(ReviewItem.objects.open().filter(page=page).select_for_update(of=("self",)))
    progress = progress_of(offer)
    if progress.mark != seen:
        raise ValidationError(CHANGED)
    if progress.stage == Stage.PUBLISHED:
        raise ValidationError(NOT_ASKED)
    return progress


def _answer(
    actor: User,
    offer: Offer,
    progress: Progress,
    *,
    is_given: bool,
    remark: str = "",
    is_by_board: bool = False,
) -> OfferConsent:
    settle(notices.CONSENT, offer)
    return OfferConsent.objects.create(
        offer=offer,
        fingerprint=progress.mark,
        audience=progress.text.audience,
        is_given=is_given,
        is_by_board=is_by_board,
        person=actor,
        remark=remark,
    )


def _tell_handler(actor: User, offer: Offer, given: OfferConsent, outcome: str) -> None:
    event, facts = str(given.uuid), {"outcome": outcome}
    tell(notices.ANSWERED, offer, event=event, actor=actor, facts=facts)


def _go_on(actor: User, offer: Offer, progress: Progress) -> None:
    """To the board; or, where it lies there, to be counted again."""
    page = offer.page
    if page is None or release_of(page, progress.mark) is not None:
        return
    if progress.item is not None:
        count_again(actor=actor, item=progress.item)
    elif ReviewRule.is_required_for([progress.text]) and page.get_workflow() is not None:
        begin_round(page, actor)
