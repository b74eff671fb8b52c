"""Forgetting a person: the account stays as an empty shell, so that what refers to it holds."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kpo.audit import log
from kpo.people import mail, privacy, stewards
from kpo.people.actions.accounts import end_access, leave
from kpo.people.choices import ShownTo
from kpo.people.models import User
from kpo.people.models.user import Leaving

# A domain that is set apart for never existing (RFC 2606).
NOWHERE = "gewist.invalid"


@transaction.atomic
def erase_person(*, actor: User | None, person: User, reason: str) -> dict[str, int]:
    """Erase by what every app declared; returns how many rows, by model. Again changes nothing.

    The reason is for the operator's own file and is not kept: it may name the person.
    """
    if not reason.strip():
        raise ValidationError("Geef een reden.")
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_erased:
        return {}
    end_access(person)
    leave(person)
    addresses = {person.email, *person.employer_changes.values_list("new_email", flat=True)}
    done = privacy.erase(person)
    with stewards.kept(person):
        empty(person)
    for address in addresses:
        mail.forget(address)
    log.forget_person(person)
    log.record("people.erase", actor=actor, obj=person, details={"rows": done})
    return done


def empty(person: User) -> None:
    """Leave nothing of the person in the row but its id and the organisation of then."""
    person.email = f"gewist-{person.uuid}@{NOWHERE}"
    person.first_name = log.ERASED_LABEL
    person.last_name = str(person.uuid)[:8]
    person.function = person.expertise = person.phone = ""
    person.interests = []
    person.show_profile = ShownTo.NOBODY
    person.last_login = person.last_active_on = person.dormancy_warned_on = None
    person.set_unusable_password()
    person.is_active = False
    person.left_because = Leaving.ERASED
    person.left_at = person.left_at or timezone.now()
    person.save()
    person.groups.clear()
    person.user_permissions.clear()
