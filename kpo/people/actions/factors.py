"""The way back for who lost the second step: asked for by one, carried out by another."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kpo.audit.log import record
from kpo.people import notifications, stewards
from kpo.people.actions.accounts import end_access
from kpo.people.actions.rights import acting, require
from kpo.people.models import FactorReset, User
from kpo.people.permissions import can_ask_reset, can_consent_to_reset, can_manage_people

NO_SECOND = "Er is geen tweede beheerder die kan instemmen. Geef eerst iemand anders die rol."
NO_LONGER = "Wie dit aanvroeg is geen beheerder meer. Stop de aanvraag en vraag het opnieuw aan."


@transaction.atomic
def ask_reset(*, actor: User, person: User, reason: str) -> FactorReset:
    """Ask for it, saying how one knows that the person asks. The others hear of it by mail."""
    require(can_ask_reset(acting(actor), person))
    if not reason.strip():
        raise ValidationError("Schrijf op hoe je zeker weet dat deze persoon het zelf vraagt.")
    if not stewards.administrators().exclude(pk__in=(actor.pk, person.pk)).exists():
        raise ValidationError(NO_SECOND)
    User.objects.select_for_update().get(pk=person.pk)
    if FactorReset.objects.open().filter(person=person).exists():
        raise ValidationError("Voor deze persoon wacht al een aanvraag op een tweede beheerder.")
    reset = FactorReset.objects.create(person=person, requested_by=actor, reason=reason.strip())
    record("people.ask_factor_reset", actor=actor, obj=person)
    notifications.reset_asked(reset)
    return reset


@transaction.atomic
def consent_to_reset(*, actor: User, reset: FactorReset) -> None:
    """Remove all second factors and sign the person out; the next sign-in sets up a new one."""
    reset = FactorReset.objects.select_for_update().select_related("person").get(pk=reset.pk)
    require(can_consent_to_reset(acting(actor), reset))
    if not can_ask_reset(acting(reset.requested_by), reset.person):
        raise ValidationError(NO_LONGER)
    Authenticator.objects.filter(user=reset.person).delete()
    end_access(reset.person)
    close(reset, actor, FactorReset.Status.DONE)
    asked_by = {"asked_by": str(reset.requested_by.uuid)}
    record("people.reset_factor", actor=actor, obj=reset.person, details=asked_by)
    notifications.factor_reset(reset.person)


@transaction.atomic
def end_reset(*, actor: User, reset: FactorReset) -> None:
    """Do not do it after all: by the one who asked or by another administrator."""
    reset = FactorReset.objects.select_for_update().get(pk=reset.pk)
    require(can_manage_people(acting(actor)) and reset.person_id != actor.pk)
    if reset.status == FactorReset.Status.OPEN:
        close(reset, actor, FactorReset.Status.ENDED)
        record("people.end_factor_reset", actor=actor, obj=reset.person)


def close(reset: FactorReset, actor: User, status: FactorReset.Status) -> None:
    reset.status = status
    reset.decided_by = actor
    reset.decided_at = timezone.now()
    reset.save()
