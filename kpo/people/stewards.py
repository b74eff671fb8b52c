"""The people without whom nobody can help the others: administrators, and those of one house.

At least one administrator always stays. That there is only one left, or that an organisation has
none of its own any more, is no fault yet: administrators hear of it by mail.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from kpo.people import notifications
from kpo.people.models import Organisation, User
from kpo.people.roles import Role

LAST = "Dit is de laatste beheerder. Geef eerst iemand anders die rol."


def administrators() -> QuerySet[User]:
    """Everyone who manages the platform now."""
    found: QuerySet[User] = User.objects.active().with_role(Role.ADMINISTRATOR)
    return found


def managers_of(organisation: Organisation) -> QuerySet[User]:
    """Everyone who manages this organisation from within."""
    own = User.objects.active().filter(organisation=organisation)
    found: QuerySet[User] = own.with_role(Role.ORGANISATION_ADMINISTRATOR)
    return found


@contextmanager
def kept(person: User) -> Iterator[None]:
    """Stand around a change after which `person` may manage less, inside its transaction.

    Raises ValidationError, which undoes the change, where the last administrator would go.
    """
    # Two who stop each other at once wait here for one another.
    list(Group.objects.select_for_update(no_key=True).filter(name=Role.ADMINISTRATOR))
    house = person.organisation
    was_administrator = administrators().filter(pk=person.pk).exists()
    was_manager = managers_of(house).filter(pk=person.pk).exists()
    yield
    if was_administrator:
        look_after_administrators()
    if was_manager and not managers_of(house).exists() and house.people.active().exists():
        notifications.organisation_without_manager(house)


def look_after_administrators() -> None:
    left = administrators().count()
    if left == 0:
        raise ValidationError(LAST)
    if left == 1:
        notifications.one_administrator_left()


def refuse_last(person: User) -> None:
    """Say beforehand what `kept` would say in the end; raises ValidationError."""
    if set(administrators().values_list("pk", flat=True)) == {person.pk}:
        raise ValidationError(LAST)


def gap_ahead(organisation: Organisation) -> str:
    """What is missing once the only manager stops, as a sentence; empty for none or several."""
    managers = list(managers_of(organisation)[:2])
    if len(managers) != 1:
        return ""
    return (
        f"{managers[0]} is de enige organisatiebeheerder. Stopt die, dan doen de beheerders van "
        "KPO dit werk. Zij kunnen er een collega bij zetten."
    )


def gaps_without(person: User) -> list[str]:
    """What would be missing if this person stopped, as sentences for who is about to do that."""
    found = []
    left = administrators().exclude(pk=person.pk)
    if administrators().filter(pk=person.pk).exists():
        if not left.exists():
            found.append(LAST)
        elif left.count() == 1:
            found.append(
                "Zonder deze persoon is er nog maar één beheerder. "
                "Een kwijte tweede stap herstellen kan dan niet meer."
            )
    own = managers_of(person.organisation)
    if own.filter(pk=person.pk).exists() and not own.exclude(pk=person.pk).exists():
        found.append(
            f"Dit is de laatste organisatiebeheerder van {person.organisation}. "
            "Daarna doen de beheerders van KPO dat werk."
        )
    return found
