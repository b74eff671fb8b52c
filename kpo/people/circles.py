"""What a circle is made of: kinds of parts, and who each of them takes in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from kpo.people import standing, tokens
from kpo.people.choices import Sector
from kpo.people.roles import LINES, Role

if TYPE_CHECKING:
    from kpo.people.models import User

Choices = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PartKind:
    """One kind of part.

    `values` says which values take in a person, given roles and the tokens held so far, without
    asking the database; `people` is the same from the other side, a condition on people.
    """

    key: str
    label: str
    choices: Callable[[], Choices]
    values: Callable[[User, frozenset[str], frozenset[str]], Iterable[str]]
    people: Callable[[list[str]], Q]


def organisation_choices() -> Choices:
    rows = apps.get_model("people", "Organisation").objects.order_by("name")
    return [(str(uuid), name) for uuid, name in rows.values_list("uuid", "name")]


def own_sector(person: User, roles: frozenset[str], held: frozenset[str]) -> list[str]:
    return [str(person.organisation.sector)]


def own_organisation(person: User, roles: frozenset[str], held: frozenset[str]) -> list[str]:
    return [str(person.organisation.uuid)]


SECTOR = PartKind(
    "sector",
    "sector",
    lambda: Sector.choices,
    own_sector,
    lambda values: Q(organisation__sector__in=values),
)
ORGANISATION = PartKind(
    "organisation",
    "organisatie",
    organisation_choices,
    own_organisation,
    lambda values: Q(organisation__uuid__in=values),
)
ROLE = PartKind(
    "role",
    "rol",
    lambda: [(line.role, line.label) for line in LINES.values() if line.role != Role.READER],
    lambda person, roles, held: roles - {Role.READER},
    lambda values: Q(standing.has_role(*[Role(value) for value in values])),
)
_kinds = {kind.key: kind for kind in (SECTOR, ORGANISATION, ROLE)}


def register_part(kind: PartKind) -> None:
    """Let an upper floor add a kind of part, such as a community."""
    _kinds[kind.key] = kind


def part_kinds() -> tuple[PartKind, ...]:
    return tuple(_kinds.values())


def held_by(person: User, roles: frozenset[str], held: frozenset[str]) -> set[str]:
    """Tokens of all circles this person is in, in one query."""
    condition = Q(pk__in=[])
    for kind in _kinds.values():
        values = [str(value) for value in kind.values(person, roles, held)]
        condition |= Q(kind=kind.key, value__in=values)
    parts = apps.get_model("people", "CirclePart").objects.filter(condition)
    grants = apps.get_model("people", "CircleGrant").objects.filter(person=person)
    by_part = parts.order_by().values_list("circle__uuid")
    found = by_part.union(grants.order_by().values_list("circle__uuid"))
    return {tokens.circle_token(uuid) for (uuid,) in found}


def people_in(uuid: UUID) -> Q:
    """Condition on people: in the circle with this id. Twin of `held_by`."""
    grants = apps.get_model("people", "CircleGrant").objects
    condition = Q(Exists(grants.filter(circle__uuid=uuid, person=OuterRef("pk"))))
    values: dict[str, list[str]] = {}
    parts = apps.get_model("people", "CirclePart").objects.filter(circle__uuid=uuid)
    for key, value in parts.values_list("kind", "value"):
        values.setdefault(key, []).append(value)
    for key, wanted in values.items():
        if key in _kinds:
            condition |= _kinds[key].people(wanted)
    return condition


def names(uuids: frozenset[UUID]) -> Mapping[UUID, str]:
    """How circles are called on screen."""
    rows = apps.get_model("people", "Circle").objects.filter(uuid__in=uuids)
    return {uuid: f"Kring: {name}" for uuid, name in rows.values_list("uuid", "name")}
