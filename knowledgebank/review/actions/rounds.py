"""Verbs of a trip past the board: hand in, take back, put before the chair."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from knowledgebank.models import KnowledgePage, ReviewItem
from knowledgebank.review import notices, people
from knowledgebank.review.locking import hold
from kpo.audit import log as audit
from kpo.inbox.telling import tell
from kpo.people.models import User
from kpo.people.reader import reader_for

NOT_OPEN = "Deze beoordeling is al afgesloten."
NO_WORKFLOW = "Voor deze pagina is geen beoordeling ingericht. Vraag de beheerder ernaar."
SUBMITTED = "Deze tekst ligt al bij de redactieraad."
REASON_NEEDED = "Geef een reden, zodat de voorzitter weet waar het om gaat."


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
def withdraw(*, actor: User, item: ReviewItem) -> None:
    """Take a text back. Raises PermissionDenied for who did not write it or reads it no more."""
    item = locked(item)
    require_open(item)
    if actor not in people.authors_of(item) or not people.may_see(reader_for(actor), item):
        raise PermissionDenied
    item.workflow_state.cancel(user=actor)
    audit.record("knowledgebank.withdraw_from_review", actor=actor, obj=item)


@transaction.atomic
def escalate(*, actor: User, item: ReviewItem, reason: str) -> None:
    """Put a stuck item before the chair of the board."""
    item = locked(item)
    require_open(item)
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


def locked(item: ReviewItem) -> ReviewItem:
    """The item and its text, as nobody else can change them before this transaction ends."""
    hold(item.page_id)
    # Its state stands in Wagtail's table: without that lock it would be read as it was before.
    items = ReviewItem.objects.select_for_update(of=("self", "taskstate_ptr"))
    locked: ReviewItem = items.get(pk=item.pk)
    locked.revision = Revision.objects.select_for_update(of=("self",)).get(pk=locked.revision_id)
    return locked


def require_open(item: ReviewItem) -> None:
    if not item.is_open:
        raise ValidationError(NOT_OPEN)
