"""Giving and taking roles."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import transaction

from kpo.audit.log import record
from kpo.people import notifications, stewards
from kpo.people.actions.rights import acting, require
from kpo.people.models import User
from kpo.people.permissions import can_manage_people, can_manage_person
from kpo.people.roles import LINES, Role, above_reader


@transaction.atomic
def set_roles(*, actor: User | None, person: User, roles: Iterable[Role]) -> None:
    """Make these exactly the roles of a person; `actor` None is a command of an operator.

    Nobody changes their own roles. Raises ValidationError where the last administrator would go.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if actor is not None:
        reader = acting(actor)
        require(can_manage_people(reader) and can_manage_person(reader, person))
    wanted = set(roles) & above_reader()
    had = roles_of(person)
    if wanted == had:
        return
    with stewards.kept(person):
        person.groups.remove(*Group.objects.filter(name__in=had - wanted))
        person.groups.add(*Group.objects.filter(name__in=wanted))
    details = {"given": sorted(wanted - had), "taken": sorted(had - wanted)}
    record("people.set_roles", actor=actor, obj=person, details=details)
    notifications.roles_changed(person, [LINES[role].label for role in sorted(wanted)])


def roles_of(person: User) -> set[Role]:
    """The roles above reader that a person has now."""
    names = person.groups.filter(name__in=above_reader()).values_list("name", flat=True)
    return {Role(name) for name in names}
