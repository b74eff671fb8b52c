"""What ends when a person changes employer, and can be given again, by kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import Group

from kpo.people.models import Circle, CircleGrant, User
from kpo.people.roles import LINES, Role, above_reader


@dataclass(frozen=True, slots=True)
class RenewalKind:
    """One kind of right.

    `end` takes away all of it that depends on the employer and returns the values to ask for
    again; `give` gives one value back; `label` says in Dutch what a value is.
    """

    key: str
    end: Callable[[User], Iterable[str]]
    give: Callable[[User, str, User], None]
    label: Callable[[str], str]


_kinds: dict[str, RenewalKind] = {}


def register(kind: RenewalKind) -> None:
    """Let an upper floor have its memberships end and asked for again, such as of communities."""
    _kinds[kind.key] = kind


def kinds() -> tuple[RenewalKind, ...]:
    return tuple(_kinds.values())


def kind(key: str) -> RenewalKind:
    return _kinds[key]


def end_roles(person: User) -> list[str]:
    """All roles end; the one that comes with the old organisation is not asked for again."""
    held = person.groups.filter(name__in=above_reader())
    names = list(held.values_list("name", flat=True))
    person.groups.remove(*held)
    return [name for name in names if name != Role.ORGANISATION_ADMINISTRATOR]


def give_role(person: User, value: str, giver: User) -> None:
    person.groups.add(Group.objects.get(name=Role(value)))


def end_circle_grants(person: User) -> list[str]:
    grants = CircleGrant.objects.filter(person=person)
    values = [str(uuid) for uuid in grants.values_list("circle__uuid", flat=True)]
    grants.delete()
    return values


def give_circle(person: User, value: str, giver: User) -> None:
    circle = Circle.objects.filter(uuid=UUID(value)).first()
    if circle is not None:
        CircleGrant.objects.get_or_create(
            circle=circle, person=person, defaults={"granted_by": giver}
        )


def circle_label(value: str) -> str:
    circle = Circle.objects.filter(uuid=UUID(value)).first()
    return f"Kring: {circle.name}" if circle else "Kring die niet meer bestaat"


register(RenewalKind("role", end_roles, give_role, lambda value: LINES[Role(value)].label))
register(RenewalKind("circle", end_circle_grants, give_circle, circle_label))
