"""Verbs of concerns: raise, take up, hand over, close, take back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from knowledgebank.models import Concern, KnowledgePage
from knowledgebank.models.concerns import ConcernOutcome, ConcernReason
from knowledgebank.review.actions.reviewers import NOBODY_TO_ASK
from knowledgebank.review.reading import Section
from knowledgebank.upkeep import notices
from knowledgebank.upkeep.people import may_deal_with
from kpo.audit import log as audit
from kpo.inbox.telling import settle, tell
from kpo.people.models import User
from kpo.people.reader import reader_for

ALREADY = "Dit heb je al gemeld. Bij ‘Mijn meldingen’ lees je straks wat eruit komt."
NOT_OPEN = "Deze melding is al afgesloten."
EXPLAIN = "Schrijf wat je deed en waarom. Wie dit meldde, leest het."
WHOLE_PAGE = Section("", "", "")


@transaction.atomic
def raise_concern(
    *,
    actor: User,
    page: KnowledgePage,
    reason: ConcernReason,
    text: str = "",
    section: Section = WHOLE_PAGE,
    quote: str = "",
) -> Concern:
    """Doubt a passage, or with neither section nor quote the page as a whole.

    Raises PermissionDenied for who may not read the page, ValidationError where the actor has an
    open concern about the same passage.
    """
    page = _readable(actor, page)
    concern, is_new = Concern.objects.get_or_create(
        page=page,
        person=actor,
        anchor=section.anchor,
        quote=" ".join(quote.split()),
        outcome="",
        defaults={
            "heading": section.heading,
            "reason": reason,
            "text": text.strip(),
            "revision_id": page.live_revision_id,
        },
    )
    if not is_new:
        raise ValidationError(ALREADY)
    audit.record(
        "knowledgebank.raise_concern", actor=actor, obj=concern, details={"reason": str(reason)}
    )
    tell(notices.RAISED, concern, event=str(concern.uuid), actor=actor)
    return concern


def _readable(actor: User, page: KnowledgePage) -> KnowledgePage:
    """The page as it is now, which may be another than when somebody opened it."""
    found: KnowledgePage | None = (
        KnowledgePage.objects.visible_to(reader_for(actor)).filter(pk=page.pk).first()
    )
    if found is None:
        raise PermissionDenied
    return found


def _locked(actor: User, concern: Concern) -> Concern:
    """As nobody else can change it meanwhile. Raises PermissionDenied for who does not deal with
    it, ValidationError where it is closed."""
    locked: Concern = Concern.objects.select_for_update().get(pk=concern.pk)
    if not may_deal_with(reader_for(actor), locked):
        raise PermissionDenied
    _require_open(locked)
    return locked


def _require_open(concern: Concern) -> None:
    if not concern.is_open:
        raise ValidationError(NOT_OPEN)


@transaction.atomic
def take_up(*, actor: User, concern: Concern) -> None:
    """Say "I pick this up"; whoever had it is rid of it."""
    _assign(actor, _locked(actor, concern), actor)


@transaction.atomic
def hand_over(*, actor: User, concern: Concern, person: User) -> None:
    """Let somebody else deal with it, who may read the page."""
    locked = _locked(actor, concern)
    if not reader_for(person).holds(locked.page.working_audience):
        raise ValidationError(NOBODY_TO_ASK)
    _assign(actor, locked, person)
    event = f"{locked.uuid}:{timezone.now().isoformat()}"
    tell(notices.HANDED, locked, event=event, actor=actor, facts={"person": str(person.uuid)})


def _assign(actor: User, concern: Concern, person: User) -> None:
    Concern.objects.filter(pk=concern.pk).update(assignee=person)
    details = {"person": str(person.uuid)}
    audit.record("knowledgebank.assign_concern", actor=actor, obj=concern, details=details)


@transaction.atomic
def close_concern(
    *, actor: User, concern: Concern, outcome: ConcernOutcome, explanation: str
) -> None:
    """Say what came of it; who raised it hears that in these words."""
    locked = _locked(actor, concern)
    if not explanation.strip():
        raise ValidationError(EXPLAIN)
    if outcome == Concern.Outcome.TAKEN_BACK:
        raise PermissionDenied
    _close(actor, locked, outcome, explanation.strip())
    tell(notices.ANSWERED, locked, event=str(locked.uuid), actor=actor)


@transaction.atomic
def take_back(*, actor: User, concern: Concern) -> None:
    """Undo one's own concern. Raises PermissionDenied for others."""
    locked = Concern.objects.select_for_update().get(pk=concern.pk)
    if locked.person_id != actor.pk:
        raise PermissionDenied
    _require_open(locked)
    _close(actor, locked, Concern.Outcome.TAKEN_BACK, "")


def _close(actor: User, concern: Concern, outcome: ConcernOutcome, explanation: str) -> None:
    Concern.objects.filter(pk=concern.pk).update(
        outcome=outcome, explanation=explanation, closed_at=timezone.now()
    )
    details = {"outcome": str(outcome)}
    audit.record("knowledgebank.close_concern", actor=actor, obj=concern, details=details)
    for kind in (notices.RAISED, notices.HANDED):
        settle(kind, concern)
