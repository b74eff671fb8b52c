"""Stopping and starting accounts, and everything that must end with one."""

from collections.abc import Callable
from uuid import uuid4

from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kpo.audit.log import record
from kpo.people import notifications, stewards
from kpo.people.actions.rights import acting, require
from kpo.people.models import User
from kpo.people.models.user import Leaving
from kpo.people.permissions import can_manage_people, can_manage_person, can_reactivate

Ending = Callable[[User], None]
_endings: list[Ending] = []
_leavings: list[Ending] = []


def register_ending(ending: Ending) -> None:
    """Let an app end what it gave out when access ends, such as API tokens and feed addresses."""
    if ending not in _endings:
        _endings.append(ending)


def register_leaving(leaving: Ending) -> None:
    """Let an app pass on what a person keeps for others when the account stops."""
    if leaving not in _leavings:
        _leavings.append(leaving)


def leave(person: User) -> None:
    """Pass on what the person kept, in the caller's transaction."""
    for leaving in _leavings:
        leaving(person)


def end_access(person: User) -> None:
    """End every session, token and feed of a person, in the caller's transaction.

    The new access key makes what was signed with the old one worthless, listed or not.
    """
    person.access_key = uuid4()
    person.save(update_fields=["access_key"])
    for session in UserSession.objects.filter(user=person):
        session.end()
    for ending in _endings:
        ending(person)


@transaction.atomic
def deactivate(*, actor: User | None, person: User, because: Leaving = Leaving.STOPPED) -> None:
    """Stop an account at once. `actor` is None where the platform itself does it.

    Raises ValidationError where the last administrator would go.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    require(actor is None or can_manage_person(acting(actor), person))
    if not person.is_active:
        return
    if actor is not None and because == Leaving.STOPPED and can_manage_people(acting(actor)):
        because = Leaving.BARRED
    with stewards.kept(person):
        person.is_active = False
        person.left_because = because
        person.left_at = timezone.now()
        person.save(update_fields=["is_active", "left_because", "left_at"])
    end_access(person)
    leave(person)
    record("people.deactivate", actor=actor, obj=person, details={"because": because})
    notifications.deactivated(person, because)


@transaction.atomic
def reactivate(*, actor: User, person: User) -> None:
    """Let someone in again who was stopped or dormant; raises ValidationError once erased."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_erased:
        raise ValidationError("Dit account is gewist. Nodig deze persoon opnieuw uit.")
    require(can_reactivate(acting(actor), person))
    if person.is_active:
        return
    person.is_active = True
    person.left_because = ""
    person.left_at = None
    person.last_active_on = timezone.localdate()
    person.dormancy_warned_on = None
    person.save()
    record("people.reactivate", actor=actor, obj=person)
    notifications.reactivated(person)


@transaction.atomic
def end_sessions(*, actor: User, person: User) -> None:
    """Sign a person out everywhere, by oneself or by who manages that person."""
    require(actor.pk == person.pk or can_manage_person(acting(actor), person))
    end_access(person)
    record("people.end_sessions", actor=actor, obj=person)
