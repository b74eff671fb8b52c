"""Inviting, withdrawing, and becoming someone with an account."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kpo.audit.log import record
from kpo.people import notifications
from kpo.people.actions.rights import acting, require
from kpo.people.models import Invitation, Organisation, User
from kpo.people.models.invitation import digest, new_secret
from kpo.people.names import clean_address
from kpo.people.permissions import can_manage_organisation, can_manage_people

VALID_FOR = timedelta(days=14)
NO_LONGER_VALID = "Deze uitnodiging is niet meer geldig. Vraag om een nieuwe."


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What a person fills in to accept."""

    first_name: str
    last_name: str
    password: str
    function: str = ""


@transaction.atomic
def invite(
    *,
    actor: User,
    email: str,
    organisation: Organisation,
    first_name: str = "",
    last_name: str = "",
) -> Invitation:
    """Invite an address; an open invitation of the same organisation makes place for this one.

    Whether the address has an account already shows in the mail it gets and nowhere else. Of
    invitations by several organisations the first that is accepted counts.
    """
    reader = acting(actor)
    require(can_manage_organisation(reader, organisation))
    email = clean_address(email)
    if not can_manage_people(reader) and not organisation.owns_address(email):
        domains = ", ".join(organisation.email_domains)
        raise ValidationError(f"Je nodigt alleen mensen uit met een adres op: {domains}.")
    # Two invitations at once come one after the other, and the last one counts.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    withdraw_open(email, organisation)
    secret = new_secret()
    invitation = Invitation.objects.create(
        email=email,
        organisation=organisation,
        first_name=first_name,
        last_name=last_name,
        secret_digest=digest(secret),
        invited_by=actor,
        expires_at=timezone.now() + VALID_FOR,
    )
    record("people.invite", actor=actor, obj=invitation, details=about(invitation))
    notifications.invited(invitation, secret)
    return invitation


def withdraw_open(email: str, organisation: Organisation) -> None:
    """End this organisation's own; that another one invited the same address stays unseen."""
    own = Invitation.objects.open().filter(email=email, organisation=organisation)
    own.update(withdrawn_at=timezone.now())


def about(invitation: Invitation) -> dict[str, str]:
    return {"organisation": str(invitation.organisation.uuid)}


@transaction.atomic
def invite_again(*, actor: User, invitation: Invitation) -> Invitation:
    """Send a fresh link; the old one stops working."""
    return invite(
        actor=actor,
        email=invitation.email,
        organisation=invitation.organisation,
        first_name=invitation.first_name,
        last_name=invitation.last_name,
    )


@transaction.atomic
def withdraw(*, actor: User, invitation: Invitation) -> None:
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    require(can_manage_organisation(acting(actor), invitation.organisation))
    if invitation.accepted_at or invitation.withdrawn_at:
        return
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record("people.withdraw_invitation", actor=actor, obj=invitation, details=about(invitation))


def find_usable(secret: str) -> Invitation | None:
    """The invitation a link opens, if it still does and nobody has that address yet."""
    usable = Invitation.objects.usable().select_related("organisation")
    invitation = usable.filter(secret_digest=digest(secret)).first()
    if invitation is None or User.objects.filter(email=invitation.email).exists():
        return None
    return invitation


def was_accepted_by(person: Any, secret: str) -> bool:
    """Whether it was this very person who accepted the invitation behind a link."""
    own = Invitation.objects.filter(secret_digest=digest(secret), accepted_by_id=person.pk)
    return person.is_authenticated and own.exists()


@transaction.atomic
def accept(*, secret: str, newcomer: Newcomer) -> User:
    """Make the account the invitation is for; raises ValidationError if it is no longer valid.

    The row is locked, so of two at once the second finds it used.
    """
    row = Invitation.objects.select_for_update().filter(secret_digest=digest(secret)).first()
    invitation = find_usable(secret) if row is not None else None
    if invitation is None:
        raise ValidationError(NO_LONGER_VALID)
    person = make_account(invitation, newcomer)
    invitation.accepted_at = timezone.now()
    invitation.accepted_by = person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record("people.accept_invitation", actor=person, obj=invitation, details=about(invitation))
    return person


def make_account(invitation: Invitation, newcomer: Newcomer) -> User:
    """A person whose address counts as verified: the secret was sent there and nowhere else."""
    person = User.objects.create_user(
        invitation.email,
        invitation.organisation,
        newcomer.password,
        first_name=newcomer.first_name,
        last_name=newcomer.last_name,
        function=newcomer.function,
        last_active_on=timezone.localdate(),
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person
