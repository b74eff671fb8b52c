"""Making circles and saying who is in them."""

from collections.abc import Iterable

from django.db import transaction

from kpo.audit.log import record
from kpo.people.actions.rights import acting, require
from kpo.people.models import Circle, CircleGrant, CirclePart, User
from kpo.people.permissions import can_manage_people

Part = tuple[str, str]


@transaction.atomic
def save_circle(*, actor: User, circle: Circle, parts: Iterable[Part]) -> Circle:
    """Save a circle with exactly these parts, each (kind, value); takes effect at once."""
    require(can_manage_people(acting(actor)))
    circle.save()
    wanted = set(parts)
    had = {(part.kind, part.value): part for part in circle.parts.all()}
    for key in had.keys() - wanted:
        had[key].delete()
    new = sorted(wanted - had.keys())
    CirclePart.objects.bulk_create(
        CirclePart(circle=circle, kind=kind, value=value) for kind, value in new
    )
    details = {"added": [*map(list, new)], "removed": [*map(list, sorted(had.keys() - wanted))]}
    record("people.save_circle", actor=actor, obj=circle, details=details)
    return circle


@transaction.atomic
def add_to_circle(*, actor: User, circle: Circle, person: User) -> None:
    """Add one person by name; that ends when the person changes employer."""
    require(can_manage_people(acting(actor)))
    _, is_new = CircleGrant.objects.get_or_create(
        circle=circle, person=person, defaults={"granted_by": actor}
    )
    if is_new:
        details = {"person": str(person.uuid)}
        record("people.add_to_circle", actor=actor, obj=circle, details=details)


@transaction.atomic
def remove_from_circle(*, actor: User, circle: Circle, person: User) -> None:
    require(can_manage_people(acting(actor)))
    removed, _ = CircleGrant.objects.filter(circle=circle, person=person).delete()
    if removed:
        details = {"person": str(person.uuid)}
        record("people.remove_from_circle", actor=actor, obj=circle, details=details)


@transaction.atomic
def delete_circle(*, actor: User, circle: Circle) -> None:
    """What carries its token is from now on for nobody: the token is held by no one any more."""
    require(can_manage_people(acting(actor)))
    record("people.delete_circle", actor=actor, obj=circle)
    circle.delete()
