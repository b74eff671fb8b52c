"""Verbs of the knowledge bank: vote, write to the editors, make obsolete, withdraw."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from knowledgebank.models import ContactMessage, HelpfulVote, KnowledgePage
from kpo.audit import log as audit
from kpo.pages.actions import change_audience
from kpo.people import tokens
from kpo.people.models import User

REASON_NEEDED = "Geef een reden, zodat een ander het later begrijpt."


def vote_helpful(
    *, actor: User, page: KnowledgePage, is_helpful: bool, reason: str = ""
) -> HelpfulVote:
    """Keep the actor's answer on the live revision; a second answer replaces the first."""
    answer, _ = HelpfulVote.objects.update_or_create(
        page=page,
        person=actor,
        defaults={
            "revision_id": page.live_revision_id,
            "is_helpful": is_helpful,
            "reason": reason,
        },
    )
    return answer


def send_contact_message(
    *, actor: User | None, name: str, email: str, subject: str, text: str
) -> ContactMessage:
    """Keep a message for the editors; the sender's account, if any, goes with it."""
    return ContactMessage.objects.create(
        person=actor, name=name, email=email, subject=subject, text=text
    )


@transaction.atomic
def handle_contact_message(*, actor: User, message: ContactMessage) -> None:
    """Mark a message as answered. Raises PermissionDenied for who may not handle messages."""
    if not actor.has_perm("knowledgebank.change_contactmessage"):
        raise PermissionDenied
    ContactMessage.objects.filter(pk=message.pk, handled_at=None).update(handled_at=timezone.now())
    audit.record("knowledgebank.handle_contact_message", actor=actor, obj=message)


@transaction.atomic
def make_obsolete(*, actor: User, page: KnowledgePage, reason: str) -> None:
    """Take `page` off the lists; it stays reachable by link, with a warning and the reason."""
    _require_publisher(actor, page)
    if not reason.strip():
        raise ValidationError(REASON_NEEDED)
    _set_obsolete(page, since=timezone.localdate(), reason=reason.strip())
    audit.record("knowledgebank.make_obsolete", actor=actor, obj=page)


@transaction.atomic
def make_current(*, actor: User, page: KnowledgePage) -> None:
    """Undo `make_obsolete`."""
    _require_publisher(actor, page)
    _set_obsolete(page, since=None, reason="")
    audit.record("knowledgebank.make_current", actor=actor, obj=page)


@transaction.atomic
def withdraw(*, actor: User, page: KnowledgePage, reason: str) -> None:
    """Take `page` away from every reader at once, and keep why.

    Editors can bring it back by giving it an audience; it is obsolete until they say otherwise.
    """
    make_obsolete(actor=actor, page=page, reason=reason)
    change_audience(actor=actor, page=page, audience=tokens.NOBODY)
    audit.record("knowledgebank.withdraw", actor=actor, obj=page)


def _require_publisher(actor: User, page: KnowledgePage) -> None:
    if not page.permissions_for_user(actor).can_publish():
        raise PermissionDenied


def _set_obsolete(page: KnowledgePage, *, since: date | None, reason: str) -> None:
    page.obsolete_since, page.obsolete_reason = since, reason
    page.save(update_fields=["obsolete_since", "obsolete_reason"])
