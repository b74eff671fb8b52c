"""Requests for access by people nobody has invited."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kpo.audit.log import record
from kpo.people import notifications
from kpo.people.actions.invitations import invite
from kpo.people.actions.rights import acting, require
from kpo.people.models import AccessRequest, Organisation, User
from kpo.people.names import clean_address
from kpo.people.permissions import can_manage_people


@transaction.atomic
def request_access(*, email: str, **fields: Any) -> None:
    """Note a request and answer by mail only; the screen says the same to everyone.

    A second request from an address changes nothing, and one from an address with an account is
    answered with the way to sign in.
    """
    email = clean_address(email)
    if User.objects.filter(email=email).exists():
        notifications.has_account_already(email)
        return
    request, is_new = AccessRequest.objects.get_or_create(
        email=email, status=AccessRequest.Status.OPEN, defaults=fields
    )
    if is_new:
        record("people.request_access", actor=None, obj=request)
    notifications.request_received(email)


@transaction.atomic
def accept_request(
    *, actor: User, request: AccessRequest, organisation: Organisation, reason: str
) -> None:
    """Turn a request into an invitation to the address it came from."""
    request = decide(actor, request, AccessRequest.Status.ACCEPTED, reason)
    request.invitation = invite(
        actor=actor,
        email=request.email,
        organisation=organisation,
        first_name=request.first_name,
        last_name=request.last_name,
    )
    request.save(update_fields=["invitation"])


@transaction.atomic
def reject_request(*, actor: User, request: AccessRequest, reason: str) -> None:
    """Say no, with the reason in the mail."""
    request = decide(actor, request, AccessRequest.Status.REJECTED, reason)
    notifications.request_rejected(request)


def decide(
    actor: User, request: AccessRequest, status: AccessRequest.Status, reason: str
) -> AccessRequest:
    require(can_manage_people(acting(actor)))
    request = AccessRequest.objects.select_for_update().get(pk=request.pk)
    if request.status != AccessRequest.Status.OPEN:
        raise ValidationError("Over deze aanvraag is al besloten.")
    if not reason.strip():
        raise ValidationError("Geef de reden van je besluit.")
    request.status = status
    request.reason = reason.strip()
    request.decided_by = actor
    request.decided_at = timezone.now()
    request.save()
    record("people.decide_request", actor=actor, obj=request, details={"status": status})
    return request
