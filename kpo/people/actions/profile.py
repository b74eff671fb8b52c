"""Changing one's own profile."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kpo.audit.log import record
from kpo.people import profile
from kpo.people.models import User

OWN_FIELDS = frozenset(
    {"first_name", "last_name", "show_profile", "in_directory", *profile.PARTS}
    | {f"show_{part}" for part in profile.PARTS}
) - {"email"}


@transaction.atomic
def change_profile(*, actor: User, fields: Mapping[str, Any]) -> None:
    """Change what a person says of oneself; any other field is not one's own to change."""
    foreign = fields.keys() - OWN_FIELDS
    if foreign:
        raise ValueError(f"Not part of one's own profile: {sorted(foreign)}")
    person = User.objects.select_for_update().get(pk=actor.pk)
    changed = [name for name, value in fields.items() if getattr(person, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(person, name, fields[name])
    person.save(update_fields=changed)
    record("people.change_profile", actor=actor, obj=person, details={"fields": sorted(changed)})
