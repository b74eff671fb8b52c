"""The verb of judging: a vote with scores and reasons, and what it brings about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import WorkflowState

from knowledgebank.models import (
    Appraisal,
    Assignment,
    Criterion,
    Method,
    MethodVersion,
    ReviewItem,
    Score,
    SectionRemark,
    Verdict,
)
from knowledgebank.querysets import BOARD
from knowledgebank.review import notices, people
from knowledgebank.review.actions.releases import release_judged
from knowledgebank.review.actions.rounds import NO_WORKFLOW, locked, require_open
from knowledgebank.review.standing import standing_of
from kpo.audit import log as audit
from kpo.inbox.telling import tell
from kpo.people.models import User
from kpo.people.reader import Reader, reader_for

CHANGED = "De tekst is veranderd terwijl je las. Bekijk hem opnieuw en geef dan je oordeel."
FORMER_METHOD = "Deze versie van de methode gold al niet meer toen dit stuk werd ingestuurd."
EVERY_SCORE = "Geef bij elk criterium een score van 1 tot 5, met een reden."
WHAT_TO_CHANGE = "Schrijf bij ten minste één onderdeel wat er anders moet."


@dataclass(frozen=True, slots=True)
class Given:
    """What a reviewer filled in for one criterion."""

    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reviewer wants changed in one section, by its anchor and heading."""

    anchor: str
    heading: str
    text: str


@transaction.atomic
def appraise(
    *,
    actor: User,
    item: ReviewItem,
    seen: str,
    verdict: Verdict,
    scores: Mapping[Criterion, Given],
    remarks: list[Remark] | None = None,
    remark: str = "",
    method: MethodVersion | None = None,
) -> Appraisal:
    """Give the actor's vote on the text whose fingerprint is `seen`, or replace an earlier one.

    `method` is the version that the scores were given with; by default what is in force.

    An approval that makes the votes suffice publishes that very text; a return ends the round.
    Raises PermissionDenied for who may not see the item, ValidationError, in a sentence, for who
    may not judge it, where the text changed meanwhile or something is not filled in.
    """
    item = locked(item)
    reader = reader_for(actor)
    _require_vote(reader, item, seen)
    method = method_of(item, method)
    _check_filled_in(verdict, method, scores, remarks or [])
    appraisal, is_new = Appraisal.objects.update_or_create(
        item=item,
        reviewer=actor,
        fingerprint=seen,
        defaults={
            "organisation": actor.organisation,
            "sector": actor.organisation.sector,
            "method": method,
            "verdict": verdict,
            "remark": remark.strip(),
            "given_at": timezone.now(),
        },
    )
    _write_down(appraisal, scores, remarks or [])
    if not reader.has_role(*BOARD):
        # Who judged as a substitute goes on being asked when the other is back: the vote stays.
        Assignment.objects.get_or_create(item=item, person=actor)
    details = {"verdict": str(verdict), "fingerprint": seen, "changed": not is_new}
    audit.record("knowledgebank.appraise", actor=actor, obj=item, details=details)
    _settle(actor, item, verdict)
    return appraisal


def _require_vote(reader: Reader, item: ReviewItem, seen: str) -> None:
    if not people.may_see(reader, item):
        raise PermissionDenied
    require_open(item)
    if why := people.refusal(reader, item):
        raise ValidationError(why)
    if standing_of(item).fingerprint != seen:
        raise ValidationError(CHANGED)


def method_of(item: ReviewItem, begun_with: MethodVersion | None = None) -> MethodVersion:
    """What the item is judged with: the version in force, or the one that was when somebody began.

    That is never one from before this round: nobody can have begun with it. Raises
    ValidationError where it is, or where no version is in force.
    """
    method: Method = item.task.specific.method
    current = method.current
    if current is None:
        raise ValidationError(NO_WORKFLOW)
    if begun_with is None:
        return current
    held_in_round = method.versions.in_force().filter(in_force_since__gt=item.started_at)
    before = method.versions.in_force().exclude(pk__in=held_in_round.values("pk"))
    usable = {*held_in_round, *before.order_by("-number")[:1]}
    if begun_with not in usable:
        raise ValidationError(FORMER_METHOD)
    return begun_with


def _check_filled_in(
    verdict: Verdict,
    method: MethodVersion,
    scores: Mapping[Criterion, Given],
    remarks: list[Remark],
) -> None:
    asked = set(method.criteria.all())
    is_complete = set(scores) == asked and all(given.reason.strip() for given in scores.values())
    if verdict == Verdict.APPROVE and not is_complete:
        raise ValidationError(EVERY_SCORE)
    if not set(scores) <= asked or any(not 1 <= given.value <= 5 for given in scores.values()):
        raise ValidationError(EVERY_SCORE)
    if verdict == Verdict.RETURN and not any(remark.text.strip() for remark in remarks):
        raise ValidationError(WHAT_TO_CHANGE)


def _write_down(
    appraisal: Appraisal, scores: Mapping[Criterion, Given], remarks: list[Remark]
) -> None:
    appraisal.scores.all().delete()
    Score.objects.bulk_create(
        Score(appraisal=appraisal, criterion=criterion, value=given.value, reason=given.reason)
        for criterion, given in scores.items()
    )
    appraisal.sections.all().delete()
    SectionRemark.objects.bulk_create(
        SectionRemark(
            appraisal=appraisal, anchor=remark.anchor, heading=remark.heading, text=remark.text
        )
        for remark in remarks
        if remark.text.strip()
    )


def _settle(actor: User, item: ReviewItem, verdict: Verdict) -> None:
    if verdict == Verdict.RETURN:
        item.reject(user=actor)
        audit.record("knowledgebank.return_for_changes", actor=actor, obj=item)
        _tell_outcome(item, actor, "returned")
        return
    _publish_if_approved(actor, item)


@transaction.atomic
def count_again(*, actor: User | None, item: ReviewItem) -> None:
    """Publish a text if the votes that were given suffice by now: a condition may have been met."""
    item = locked(item)
    if item.is_open:
        _publish_if_approved(actor, item)


def _publish_if_approved(actor: User | None, item: ReviewItem) -> None:
    standing = standing_of(item)
    if standing.is_approved:
        release = release_judged(item, standing)
        audit.record(
            "knowledgebank.approve", actor=actor, obj=item, details={"release": release.pk}
        )
        item.approve(user=actor)
        _require_end(item)
        item.revision.refresh_from_db(fields=["approved_go_live_at"])
        _tell_outcome(item, actor, "planned" if item.is_planned else "approved")


def _require_end(item: ReviewItem) -> None:
    """Raise ValidationError where Wagtail does not end here: then there is another text.

    Nothing is told as published that is not.
    """
    item.workflow_state.refresh_from_db()
    if item.workflow_state.status != WorkflowState.STATUS_APPROVED:
        raise ValidationError(CHANGED)


def _tell_outcome(item: ReviewItem, actor: User | None, outcome: str) -> None:
    tell(notices.DECIDED, item, event=str(item.uuid), actor=actor, facts={"outcome": outcome})
