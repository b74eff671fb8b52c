"""Who may do what here. Every predicate has a twin on a QuerySet; a test proves them equal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpo.people import profile
from kpo.people.reader import Reader
from kpo.people.roles import Role

if TYPE_CHECKING:
    from kpo.people.models import EmployerChange, FactorReset, Organisation, User

PLATFORM_ROLES = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})


def can_manage_people(reader: Reader) -> bool:
    """Everyone's roles, requests and second factors."""
    return reader.has_role(Role.ADMINISTRATOR)


def can_manage_organisation(reader: Reader, organisation: Organisation) -> bool:
    if can_manage_people(reader):
        return True
    if reader.person is None or not reader.has_role(Role.ORGANISATION_ADMINISTRATOR):
        return False
    return reader.person.organisation_id == organisation.pk


def can_manage_person(reader: Reader, person: User) -> bool:
    """One's own people, for an administrator everyone; never oneself nor an erased account.

    Who manages one organisation does not switch off who manages the platform.
    """
    if reader.person is None or reader.person.pk == person.pk or person.is_erased:
        return False
    if not can_manage_organisation(reader, person.organisation):
        return False
    names = set(person.groups.values_list("name", flat=True))
    return can_manage_people(reader) or PLATFORM_ROLES.isdisjoint(names)


def can_reactivate(reader: Reader, person: User) -> bool:
    """Who manages the person; what the platform switched off, an organisation does not undo."""
    return can_manage_person(reader, person) and (can_manage_people(reader) or not person.is_barred)


def can_see_person(reader: Reader, person: User) -> bool:
    levels = profile.levels_for_reader(person, reader)
    is_self = reader.person is not None and reader.person.pk == person.pk
    return person.is_active and (is_self or person.show_profile in levels)


def is_listed_for(reader: Reader, person: User) -> bool:
    """Whether the reader finds this person in the directory: opted in, shown, and not kept off."""
    if reader.person is None or not person.in_directory or not can_see_person(reader, person):
        return False
    return not person.blocks.filter(blocked=reader.person).exists()


def can_decide_change(reader: Reader, change: EmployerChange) -> bool:
    if reader.person is None or reader.person.pk == change.person_id:
        return False
    return can_manage_organisation(reader, change.new_organisation)


def can_ask_reset(reader: Reader, person: User) -> bool:
    return can_manage_people(reader) and can_manage_person(reader, person) and person.is_active


def can_consent_to_reset(reader: Reader, reset: FactorReset) -> bool:
    if reader.person is None or not can_manage_people(reader) or reset.status != "open":
        return False
    return reader.person.pk not in (reset.requested_by_id, reset.person_id)
