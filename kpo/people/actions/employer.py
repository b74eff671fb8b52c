"""Changing employer: prove the new address, be confirmed by the new organisation, then switch."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kpo.audit.log import record
from kpo.people import notifications, renewals, stewards
from kpo.people.actions.accounts import end_access
from kpo.people.actions.rights import acting, require
from kpo.people.models import EmployerChange, Organisation, Renewal, User
from kpo.people.models.invitation import digest, new_secret
from kpo.people.names import clean_address
from kpo.people.permissions import can_decide_change, can_manage_people

VALID_FOR = timedelta(days=7)
WRONG_LINK = "Deze link werkt niet meer. Begin opnieuw met wisselen van werkgever."


@transaction.atomic
def ask_change(
    *, actor: User, email: str, organisation: Organisation, function: str = ""
) -> EmployerChange:
    """Start a change of one's own; an earlier one that is still open ends.

    An address that is taken gets a mail too, and the screen says the same.
    """
    email = clean_address(email)
    if not organisation.owns_address(email):
        domains = ", ".join(organisation.email_domains)
        raise ValidationError(f"{organisation.name} heeft adressen op: {domains}.")
    if organisation.pk != actor.organisation_id:
        stewards.refuse_last(actor)
    # Two requests at once come one after the other, and the last one counts.
    User.objects.select_for_update().get(pk=actor.pk)
    end_open(actor)
    secret = new_secret()
    change = EmployerChange.objects.create(
        person=actor,
        new_email=email,
        new_organisation=organisation,
        new_function=function,
        old_organisation=actor.organisation,
        secret_digest=digest(secret),
        expires_at=timezone.now() + VALID_FOR,
    )
    record("people.ask_employer_change", actor=actor, obj=change, details=between(change))
    if is_taken(email, actor):
        notifications.has_account_already(email)
    else:
        notifications.prove_new_address(change, secret)
    return change


def is_taken(email: str, person: User) -> bool:
    return User.objects.filter(email=email).exclude(pk=person.pk).exists()


def end_open(person: User) -> None:
    EmployerChange.objects.open().filter(person=person).update(
        status=EmployerChange.Status.ENDED, decided_at=timezone.now()
    )


def between(change: EmployerChange) -> dict[str, str]:
    return {
        "from": str(change.old_organisation.uuid),
        "to": str(change.new_organisation.uuid),
    }


@transaction.atomic
def prove_address(*, actor: User, secret: str) -> EmployerChange:
    """Take the link in the mail as proof, from the person who asked and no one else."""
    change = (
        EmployerChange.objects.select_for_update()
        .filter(person=actor, secret_digest=digest(secret), expires_at__gt=timezone.now())
        .filter(status__in=EmployerChange.OPEN)
        .first()
    )
    if change is None:
        raise ValidationError(WRONG_LINK)
    if change.status == EmployerChange.Status.UNVERIFIED:
        change.status = EmployerChange.Status.VERIFIED
        change.save(update_fields=["status"])
        record("people.prove_address", actor=actor, obj=change)
        notifications.change_awaits_confirmation(change)
    return change


@transaction.atomic
def cancel_change(*, actor: User) -> None:
    """Stay where one is."""
    end_open(actor)
    record("people.cancel_employer_change", actor=actor, obj=actor)


@transaction.atomic
def confirm_change(*, actor: User, change: EmployerChange) -> None:
    """The new organisation says yes: from now on the person reads what that organisation may."""
    change = EmployerChange.objects.select_for_update().get(pk=change.pk)
    require(can_decide_change(acting(actor), change))
    if change.status != EmployerChange.Status.VERIFIED:
        raise ValidationError("Deze wisseling wacht niet op jouw bevestiging.")
    person = User.objects.select_for_update().get(pk=change.person_id)
    if is_taken(change.new_email, person):
        raise ValidationError("Het nieuwe adres is inmiddels van een ander account.")
    with stewards.kept(person):
        if not change.is_new_address_only:
            ask_again(person)
        move(person, change)
    finish(change, actor, EmployerChange.Status.CONFIRMED)
    record("people.confirm_employer_change", actor=actor, obj=person, details=between(change))
    notifications.change_confirmed(change)


def ask_again(person: User) -> None:
    """End what was given by name or role, and leave a request for each of it."""
    for kind in renewals.kinds():
        for value in kind.end(person):
            Renewal.objects.get_or_create(
                person=person, kind=kind.key, value=value, status=Renewal.Status.OPEN
            )


def move(person: User, change: EmployerChange) -> None:
    person.organisation = change.new_organisation
    person.email = change.new_email
    person.function = change.new_function or person.function
    person.save()
    if not change.is_new_address_only:
        # The old employer decides who signs in with its accounts.
        SocialAccount.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    # Whoever sits at a device of the old employer is signed out.
    end_access(person)


def finish(change: EmployerChange, actor: User, status: EmployerChange.Status) -> None:
    change.status = status
    change.decided_by = actor
    change.decided_at = timezone.now()
    change.save()


@transaction.atomic
def refuse_change(*, actor: User, change: EmployerChange, reason: str) -> None:
    """The new organisation does not know this person; nothing changes."""
    change = EmployerChange.objects.select_for_update().get(pk=change.pk)
    require(can_decide_change(acting(actor), change))
    if change.status not in EmployerChange.OPEN:
        raise ValidationError("Over deze wisseling is al besloten.")
    change.reason = reason.strip()
    finish(change, actor, EmployerChange.Status.ENDED)
    record("people.refuse_employer_change", actor=actor, obj=change, details=between(change))
    notifications.change_refused(change)


@transaction.atomic
def decide_renewal(*, actor: User, renewal: Renewal, granted: bool) -> None:
    """Give a right again, or not."""
    renewal = Renewal.objects.select_for_update().select_related("person").get(pk=renewal.pk)
    require(can_manage_people(acting(actor)) and renewal.person_id != actor.pk)
    if renewal.status != Renewal.Status.OPEN:
        return
    if granted:
        renewals.kind(renewal.kind).give(renewal.person, renewal.value, actor)
    renewal.status = Renewal.Status.GRANTED if granted else Renewal.Status.REFUSED
    renewal.decided_by = actor
    renewal.decided_at = timezone.now()
    renewal.save()
    details = {"kind": renewal.kind, "value": renewal.value, "status": renewal.status}
    record("people.decide_renewal", actor=actor, obj=renewal.person, details=details)
    notifications.renewal_decided(renewal, renewals.kind(renewal.kind).label(renewal.value))
