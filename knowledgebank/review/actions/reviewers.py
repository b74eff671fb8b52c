"""Verbs of who judges an item: take it up, ask somebody, pass it on."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from knowledgebank.models import Assignment, ReviewItem
from knowledgebank.review import notices, people
from knowledgebank.review.actions.rounds import locked, require_open
from kpo.audit import log as audit
from kpo.inbox.telling import tell
from kpo.people.models import User
from kpo.people.reader import reader_for

# The same for an unknown address, for who may not read the text and for who wrote along: the answer
# tells nobody who is there and what they hold.
NOBODY_TO_ASK = (
    "Dit adres kunnen we niet vragen. Kijk of het goed is getypt. Het moet iemand zijn die deze "
    "tekst mag lezen en er niet aan meeschreef."
)


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
    item = locked(item)
    require_open(item)
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
    """Hand an item that the actor had taken up, or was asked for, to somebody else.

    Raises as `ask` does, and PermissionDenied for who had not taken it up.
    """
    require_asker(actor, item)
    own = Assignment.objects.filter(item=item, person=actor).first()
    if own is None:
        raise PermissionDenied
    assignment = _assign(actor, item, person=person, asked_by=actor)
    own.delete()
    return assignment
