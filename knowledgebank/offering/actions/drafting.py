"""Verbs of who offers a practice: write, add files, send in, write back, take back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import IO, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from knowledgebank.models import Offer, OfferFile, OfferMessage, Practice, ThemePage
from knowledgebank.offering import notices
from kpo.audit import log as audit
from kpo.files.actions import store_document
from kpo.files.models import Document
from kpo.files.states import ExtractionState, ScanState
from kpo.inbox.telling import settle, tell
from kpo.people import tokens
from kpo.people.models import User

WRITTEN = (
    "title",
    "summary",
    "what",
    "place",
    "region",
    "effort",
    "outcome",
    "contact",
    "contact_words",
    "attribution",
)
NEEDED = ("title", "what", "effort", "outcome")
MOST_DRAFTS = 20
MOST_FILES = 10

ELSEWHERE = (
    "Dit concept is ook in een ander venster veranderd. Wat je hier schreef staat er nog, maar is "
    "niet bewaard."
)
NOT_A_DRAFT = "Dit voorbeeld is al ingestuurd. Je kunt de tekst hier niet meer veranderen."
TOO_MANY_DRAFTS = f"Je hebt {MOST_DRAFTS} concepten. Stuur er een in of verwijder er een."
TOO_MANY_FILES = f"Je kunt hoogstens {MOST_FILES} bestanden toevoegen."
NOT_COMPLETE = "Vul eerst in wat er nog mist."
BAD_FILE = "Eén van de bestanden kan niet worden gebruikt. Haal het weg of vervang het."
TOO_LATE = "Dit voorbeeld is al gepubliceerd. Schrijf de redactie als het weg moet."
NOT_NOW = "Dat kan nu niet meer: het voorbeeld is intussen een stap verder."
SOMETHING_TO_SAY = "Schrijf eerst je bericht."


class ChangedElsewhereError(ValidationError):
    """A draft was saved from another window after this one showed it."""


def own(actor: User, offer: Offer) -> Offer:
    """The offer under a lock. Raises PermissionDenied for who did not make it."""
    locked: Offer = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    if locked.person_id != actor.pk:
        raise PermissionDenied
    return locked


def save_draft(
    *,
    actor: User,
    key: UUID,
    fields: Mapping[str, Any],
    themes: Collection[ThemePage],
    seen: int,
    window: UUID,
    is_sure: bool = False,
) -> Offer:
    """Keep what was written so far; the first time under `key` makes the draft, so that a form that
    is sent twice makes one.

    `seen` is the version that the window showed, `window` its own mark. Raises
    ChangedElsewhereError where another window saved another text since, unless `is_sure`;
    PermissionDenied where `key` is of another person.
    """
    try:
        with transaction.atomic():
            return _save(actor, key, dict(fields), set(themes), seen, window, is_sure)
    except IntegrityError:
        # The same form twice at the same moment: the other one made it.
        with transaction.atomic():
            return _save(actor, key, dict(fields), set(themes), seen, window, is_sure)


def _save(
    actor: User,
    key: UUID,
    fields: dict[str, Any],
    themes: set[ThemePage],
    seen: int,
    window: UUID,
    is_sure: bool,
) -> Offer:
    offer = Offer.objects.select_for_update(of=("self",)).filter(uuid=key).first()
    if offer is None:
        if Offer.objects.of(actor).filter(state=Offer.State.DRAFT).count() >= MOST_DRAFTS:
            raise ValidationError(TOO_MANY_DRAFTS)
        offer = Offer(uuid=key, person=actor, organisation=actor.organisation)
    _require_own_draft(actor, offer)
    written = {name: value for name, value in fields.items() if name in WRITTEN}
    is_same = offer.pk is not None and all(getattr(offer, n) == v for n, v in written.items())
    if is_same and set(offer.themes.all()) == themes:
        return offer
    is_elsewhere = offer.pk is not None and offer.version != seen and offer.saved_from != window
    if is_elsewhere and not is_sure:
        raise ChangedElsewhereError(ELSEWHERE)
    for name, value in written.items():
        setattr(offer, name, value)
    offer.version += 1
    offer.saved_from = window
    offer.save()
    offer.themes.set(themes)
    return offer


def _require_own_draft(actor: User, offer: Offer) -> None:
    if offer.person_id != actor.pk:
        raise PermissionDenied
    if offer.state != Offer.State.DRAFT:
        raise ValidationError(NOT_A_DRAFT)


@transaction.atomic
def add_file(*, actor: User, offer: Offer, upload: IO[bytes], name: str) -> OfferFile:
    """Take in a file that goes with a draft. Raises RefusedError with the reason.

    It is for nobody: who handles the offer opens it there, and it goes with the page.
    """
    offer = own(actor, offer)
    _require_own_draft(actor, offer)
    if offer.files.count() >= MOST_FILES:
        raise ValidationError(TOO_MANY_FILES)
    document = store_document(actor=actor, upload=upload, name=name, audience=tokens.NOBODY)
    return OfferFile.objects.create(offer=offer, document=document)


@transaction.atomic
def remove_file(*, actor: User, file: OfferFile) -> None:
    """Take a file out of a draft; of what was sent only one that is of no use to anybody."""
    offer = own(actor, file.offer)
    if not can_remove(offer, file.document):
        raise ValidationError(NOT_A_DRAFT)
    file.delete()


def can_remove(offer: Offer, document: Document) -> bool:
    if offer.state == Offer.State.SENT:
        return is_bad(document)
    return offer.state == Offer.State.DRAFT


@transaction.atomic
def send(*, actor: User, offer: Offer) -> None:
    """Bring a draft to the ambassadors of its themes, or to the board.

    Raises ValidationError where something is not filled in or a file cannot be used.
    """
    offer = own(actor, offer)
    _require_own_draft(actor, offer)
    if any(not getattr(offer, name).strip() for name in NEEDED):
        raise ValidationError(NOT_COMPLETE)
    if any(is_bad(row.document) for row in offer.files.select_related("document")):
        raise ValidationError(BAD_FILE)
    offer.state = Offer.State.SENT
    offer.organisation = actor.organisation
    offer.sent_at = timezone.now()
    offer.decided_at, offer.reason, offer.handled_by = None, "", None
    offer.save()
    audit.record("knowledgebank.send_offer", actor=actor, obj=offer)
    tell(notices.SENT, offer, event=f"{offer.uuid}:{offer.sent_at.isoformat()}", actor=actor)


def is_bad(document: Document) -> bool:
    """Whether waiting does not help: a virus, case data, a file that was refused or not read."""
    return (
        document.is_held
        or document.scan_state in (ScanState.INFECTED, ScanState.REFUSED)
        or document.extraction_state == ExtractionState.FAILED
    )


@transaction.atomic
def write_back(*, actor: User, offer: Offer, text: str) -> OfferMessage:
    """Answer a question, or write to who handles it. ValidationError where nobody reads it."""
    offer = own(actor, offer)
    if offer.state not in (Offer.State.SENT, Offer.State.TAKEN_IN):
        raise ValidationError(NOT_NOW)
    if not text.strip():
        raise ValidationError(SOMETHING_TO_SAY)
    message = OfferMessage.objects.create(
        offer=offer, author=actor, is_from_submitter=True, text=text.strip()
    )
    facts = {"outcome": "message"}
    tell(notices.ANSWERED, offer, event=str(message.uuid), actor=actor, facts=facts)
    return message


@transaction.atomic
def withdraw(*, actor: User, offer: Offer) -> None:
    """Take an offer back: nobody else sees it any more, and a page made of it goes.

    Raises ValidationError for what is published.
    """
    offer = own(actor, offer)
    if offer.state not in (Offer.State.SENT, Offer.State.TAKEN_IN):
        raise ValidationError(NOT_NOW)
    if offer.pages.filter(live=True).exists():
        raise ValidationError(TOO_LATE)
    for page in offer.pages.order_by("-path"):
        _remove(actor, page)
    # What was agreed to is agreed to no more, also when the same is sent again.
    offer.consents.all().delete()
    offer.state, offer.decided_at, offer.asked_at = Offer.State.WITHDRAWN, timezone.now(), None
    offer.published_at = None
    offer.save()
    for task in (notices.SENT, notices.CONSENT):
        settle(task, offer)
    audit.record("knowledgebank.withdraw_offer", actor=actor, obj=offer)


def _remove(actor: User, page: Practice) -> None:
    state = page.current_workflow_state
    if state is not None:
        state.cancel(user=actor)
    # Only the submitter may undo what came of it, who has no work in the CMS.
    page.delete(user=actor, skip_permission_checks=True)


@transaction.atomic
def reopen(*, actor: User, offer: Offer) -> None:
    """Make a draft again of what was declined or withdrawn, to change it and send it once more."""
    offer = own(actor, offer)
    if offer.state not in (Offer.State.DECLINED, Offer.State.WITHDRAWN):
        raise ValidationError(NOT_NOW)
    offer.state, offer.sent_at = Offer.State.DRAFT, None
    offer.save()
    audit.record("knowledgebank.reopen_offer", actor=actor, obj=offer)


@transaction.atomic
def delete(*, actor: User, offer: Offer) -> None:
    """Throw away what nobody else works on, with its files."""
    offer = own(actor, offer)
    if offer.state in (Offer.State.SENT, Offer.State.TAKEN_IN):
        raise ValidationError(NOT_NOW)
    audit.record("knowledgebank.delete_offer", actor=actor, obj=offer)
    offer.delete()


@transaction.atomic
def show_name(*, actor: User, offer: Offer, is_shown: bool) -> None:
    """Put the submitter's name at the example or take it away; it holds at once, also on a page."""
    offer = own(actor, offer)
    chosen = Offer.Attribution.NAME if is_shown else Offer.Attribution.ORGANISATION
    if offer.attribution != chosen:
        offer.attribution = chosen
        offer.save()
        details = {"attribution": str(chosen)}
        audit.record("knowledgebank.attribute_offer", actor=actor, obj=offer, details=details)
