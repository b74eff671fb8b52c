"""Verbs of messages between people: write, block, report, and handle what was reported."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kpo.audit import log as audit
from kpo.inbox.message_notices import REPORTED, WRITTEN
from kpo.inbox.models import Follow, Message
from kpo.inbox.telling import settle, tell
from kpo.people.models import Block, User
from kpo.people.permissions import can_manage_people
from kpo.people.reader import reader_for


@transaction.atomic
def write_message(*, actor: User, recipient: User, text: str) -> Message:
    """Send a message. Raises PermissionDenied where the recipient is not in the actor's directory.

    That the two know each other's address follows from nothing here: the inbox and its mails bring
    the message, as the recipient chose to hear of it.
    """
    reader = reader_for(actor)
    listed = User.objects.listed_for(reader).exclude(pk=actor.pk)
    if not listed.select_for_update(of=("self",), no_key=True).filter(pk=recipient.pk).exists():
        raise PermissionDenied
    message = Message.objects.create(sender=actor, recipient=recipient, text=text)
    audit.record("inbox.write_message", actor=actor, obj=message)
    tell(WRITTEN, message, event=str(message.uuid), actor=actor)
    return message


@transaction.atomic
def answer_message(*, actor: User, message: Message, text: str) -> Message:
    """Write back to who wrote: that person asked, and need not be in the directory for it.

    Raises PermissionDenied for who did not get the message, and where the other's account stopped.
    To who keeps the actor off it is sent all the same, and does not arrive: the actor cannot tell.
    """
    sender = message.sender
    if message.recipient_id != actor.pk or not sender.is_active:
        raise PermissionDenied
    answer = Message.objects.create(sender=actor, recipient=sender, text=text)
    audit.record("inbox.write_message", actor=actor, obj=answer)
    tell(WRITTEN, answer, event=str(answer.uuid), actor=actor)
    return answer


@transaction.atomic
def block_sender(*, actor: User, message: Message) -> None:
    """Get no more messages from who wrote this one; that person is told nothing."""
    if message.recipient_id != actor.pk:
        raise PermissionDenied
    _, is_new = Block.objects.get_or_create(person=actor, blocked_id=message.sender_id)
    if is_new:
        # As when the actor leaves the directory, so that the two look the same from there.
        Follow.objects.filter(person=message.sender_id, subject=actor).delete()
        audit.record("inbox.block_sender", actor=actor, obj=message)


@transaction.atomic
def unblock(*, actor: User, block: Block) -> None:
    if Block.objects.filter(pk=block.pk, person=actor).delete()[0]:
        audit.record("inbox.unblock_sender", actor=actor, obj=actor)


@transaction.atomic
def report_message(*, actor: User, message: Message, reason: str) -> None:
    """Let administrators read this message, with why; a second report changes nothing."""
    if message.recipient_id != actor.pk:
        raise PermissionDenied
    open_ones = Message.objects.filter(pk=message.pk, reported_at=None)
    if not open_ones.update(reported_at=timezone.now(), report_reason=reason):
        return
    message.refresh_from_db()
    audit.record("inbox.report_message", actor=actor, obj=message)
    tell(REPORTED, message, event=str(message.uuid), actor=actor)


@transaction.atomic
def handle_report(*, actor: User, message: Message) -> None:
    """Close a report. Raises PermissionDenied for who is no administrator."""
    if not can_manage_people(reader_for(actor)):
        raise PermissionDenied
    reported = Message.objects.filter(pk=message.pk, reported_at__isnull=False, handled_at=None)
    if reported.update(handled_at=timezone.now()):
        audit.record("inbox.handle_report", actor=actor, obj=message)
        settle(REPORTED, message)
