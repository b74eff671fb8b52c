"""Verbs of review: submit, take up, judge, pass on, withdraw, escalate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from knowledgebank.models import (
    Appraisal,
    Assignment,
    Axis,
    Criterion,
    KnowledgePage,
    Method,
    MethodVersion,
    Release,
    ReviewItem,
    Score,
    SectionRemark,
    Verdict,
)
from knowledgebank.querysets import BOARD
from knowledgebank.review import notices, people
from knowledgebank.review.content import fingerprint
from knowledgebank.review.standing import Standing, standing_of
from kpo.audit import log as audit
from kpo.inbox.telling import tell
from kpo.people.models import User
from kpo.people.reader import reader_for

NOT_OPEN = "Deze beoordeling is al afgesloten."
CHANGED = "De tekst is veranderd terwijl je las. Bekijk hem opnieuw en geef dan je oordeel."
EVERY_SCORE = "Geef bij elk criterium een score van 1 tot 5, met een reden."
WHAT_TO_CHANGE = "Schrijf bij ten minste één onderdeel wat er anders moet."
NO_WORKFLOW = "Voor deze pagina is geen beoordeling ingericht. Vraag de beheerder ernaar."
SUBMITTED = "Deze tekst ligt al bij de redactieraad."
# The same for an unknown address, for who may not read the text and for who wrote along: the answer
# tells nobody who is there and what they hold.
NOBODY_TO_ASK = (
    "Dit adres kunnen we niet vragen. Kijk of het goed is getypt. Het moet iemand zijn die deze "
    "tekst mag lezen en er niet aan meeschreef."
)
REASON_NEEDED = "Geef een reden, zodat de voorzitter weet waar het om gaat."


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
def submit(*, actor: User, page: KnowledgePage) -> ReviewItem:
    """Put the latest text of a page before the board.

    Raises PermissionDenied for who may not edit the page, ValidationError where it lies there
    already or no review is set up for it.
    """
    if not page.permissions_for_user(actor).can_edit():
        raise PermissionDenied
    return begin_round(page, actor)


def begin_round(page: KnowledgePage, actor: User) -> ReviewItem:
    """The same for a verb that has asked already whether the actor may; call it in a transaction.

    Raises ValidationError as `submit` does.
    """
    if page.workflow_in_progress:
        raise ValidationError(SUBMITTED)
    workflow = page.get_workflow()
    if workflow is None:
        raise ValidationError(NO_WORKFLOW)
    if page.latest_revision_id is None:
        page.save_revision(user=actor)
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=actor)
    else:
        state = workflow.start(page, actor)
    item: ReviewItem = state.current_task_state.specific
    audit.record("knowledgebank.submit_for_review", actor=actor, obj=item)
    return item


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
    item = _locked(item)
    reader = reader_for(actor)
    if not people.may_see(reader, item):
        raise PermissionDenied
    _require_open(item)
    if why := people.refusal(reader, item):
        raise ValidationError(why)
    if standing_of(item).fingerprint != seen:
        raise ValidationError(CHANGED)
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


def _locked(item: ReviewItem) -> ReviewItem:
    """The item and its text, as nobody else can change them before this transaction ends."""
    # Its state stands in Wagtail's table: without that lock it would be read as it was before.
    items = ReviewItem.objects.select_for_update(of=("self", "taskstate_ptr"))
    locked: ReviewItem = items.get(pk=item.pk)
    locked.revision = Revision.objects.select_for_update(of=("self",)).get(pk=locked.revision_id)
    return locked


def _require_open(item: ReviewItem) -> None:
    if not item.is_open:
        raise ValidationError(NOT_OPEN)


def method_of(item: ReviewItem, begun_with: MethodVersion | None = None) -> MethodVersion:
    """What the item is judged with: the version in force, or the one that was when somebody began.

    Raises ValidationError where there is none.
    """
    method: Method = item.task.specific.method
    if begun_with is not None and begun_with.method_id == method.pk and not begun_with.is_draft:
        return begun_with
    if method.current is None:
        raise ValidationError(NO_WORKFLOW)
    return method.current


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
    item = _locked(item)
    if item.is_open:
        _publish_if_approved(actor, item)


def _publish_if_approved(actor: User | None, item: ReviewItem) -> None:
    standing = standing_of(item)
    if standing.is_approved:
        release = _release(item, standing)
        audit.record(
            "knowledgebank.approve", actor=actor, obj=item, details={"release": release.pk}
        )
        item.approve(user=actor)
        _tell_outcome(item, actor, "approved")


def _tell_outcome(item: ReviewItem, actor: User | None, outcome: str) -> None:
    tell(notices.DECIDED, item, event=str(item.uuid), actor=actor, facts={"outcome": outcome})


def _release(item: ReviewItem, standing: Standing) -> Release:
    counting = standing.counting
    return Release.objects.create(
        page=item.page,
        revision=item.revision,
        fingerprint=standing.fingerprint,
        way=Release.Way.REVIEW,
        item=item,
        reviewers=len({one.reviewer_id for one in counting}),
        organisations=len({one.organisation_id for one in counting}),
        relevance=_mean(counting, Axis.RELEVANCE),
        reliability=_mean(counting, Axis.RELIABILITY),
    )


def _mean(appraisals: list[Appraisal], axis: Axis) -> int | None:
    """From 1 to 5, rounded; every reviewer weighs the same."""
    scores = Score.objects.filter(appraisal__in=appraisals, criterion__axis=axis)
    values = list(scores.values_list("value", flat=True))
    return round(fmean(values)) if values else None


@transaction.atomic
def let_in(*, actor: User | None, page: KnowledgePage, source: str) -> Release:
    """Let an operator's import or the demo show its latest text without review, and log that.

    Readers go on reading that nobody has judged it.
    """
    release = Release.objects.create(
        page=page,
        revision=page.latest_revision,
        fingerprint=fingerprint(page.get_latest_revision_as_object()),
        way=Release.Way.IMPORT,
    )
    audit.record("knowledgebank.let_in", actor=actor, obj=page, details={"source": source})
    return release


@transaction.atomic
def take_up(*, actor: User, item: ReviewItem) -> Assignment:
    """Say "I pick this up". Raises ValidationError for who may not judge it."""
    return _assign(actor, item, person=actor, asked_by=None)


@transaction.atomic
def ask(*, actor: User, item: ReviewItem, person: User) -> Assignment:
    """Ask somebody to judge along; who may judge a text may ask another.

    Raises PermissionDenied for others, ValidationError where that person may not read or wrote it.
    """
    require_asker(actor, item)
    return _assign(actor, item, person=person, asked_by=actor)


def require_asker(actor: User, item: ReviewItem) -> None:
    """Raise PermissionDenied for who may not ask others: who may judge it, may."""
    if people.refusal(reader_for(actor), item):
        raise PermissionDenied


def _assign(actor: User, item: ReviewItem, *, person: User, asked_by: User | None) -> Assignment:
    item = _locked(item)
    _require_open(item)
    if asked_by is not None and (
        not reader_for(person).holds(item.page.working_audience)
        or person in people.authors_of(item)
    ):
        raise ValidationError(NOBODY_TO_ASK)
    if asked_by is None and (why := people.refusal(reader_for(person), item)):
        raise ValidationError(why)
    details = {"person": str(person.uuid)}
    assignment, is_new = Assignment.objects.get_or_create(
        item=item, person=person, defaults={"asked_by": asked_by}
    )
    if is_new:
        audit.record("knowledgebank.take_up_review", actor=actor, obj=item, details=details)
    if is_new and asked_by is not None:
        event = f"{item.uuid}:{person.uuid}"
        tell(notices.ASKED, item, event=event, actor=actor, facts=details, due_on=item.due_on)
    return assignment


@transaction.atomic
def pass_on(*, actor: User, item: ReviewItem, person: User) -> Assignment:
    """Hand an item that the actor had taken up, or was asked for, to somebody else."""
    own = Assignment.objects.filter(item=item, person=actor).first()
    if own is None:
        raise PermissionDenied
    assignment = _assign(actor, item, person=person, asked_by=actor)
    own.delete()
    return assignment


@transaction.atomic
def withdraw(*, actor: User, item: ReviewItem) -> None:
    """Take a text back from the board. Raises PermissionDenied for who did not write it."""
    item = _locked(item)
    _require_open(item)
    if actor not in people.authors_of(item):
        raise PermissionDenied
    item.workflow_state.cancel(user=actor)
    audit.record("knowledgebank.withdraw_from_review", actor=actor, obj=item)


@transaction.atomic
def escalate(*, actor: User, item: ReviewItem, reason: str) -> None:
    """Put a stuck item before the chair of the board."""
    item = _locked(item)
    _require_open(item)
    reader = reader_for(actor)
    is_author = actor in people.authors_of(item)
    if not people.may_see(reader, item) or not (is_author or not people.refusal(reader, item)):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(REASON_NEEDED)
    ReviewItem.objects.filter(pk=item.pk).update(
        escalated_at=timezone.now(), escalation_reason=reason.strip()
    )
    audit.record("knowledgebank.escalate_review", actor=actor, obj=item)
    tell(notices.ESCALATED, item, event=str(item.uuid), actor=actor)
