"""A person as something that can be read: what others see of somebody's profile."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from kpo.items import ItemType, Shown, register
from kpo.people import tokens
from kpo.people.choices import ShownTo
from kpo.people.models import User
from kpo.people.reader import Reader


def people_visible_to(reader: Reader) -> QuerySet[User]:
    return User.objects.visible_to(reader).select_related("organisation")


def readers_of(person: Any) -> QuerySet[User]:
    """Who sees at least this person's name. Twin of `UserQuerySet.visible_to`."""
    if not person.is_active:
        return User.objects.none()
    if person.show_profile == ShownTo.ACCOUNTS:
        return User.objects.active()
    among = Q(pk=person.pk)
    if person.show_profile == ShownTo.PUBLIC_SECTOR:
        among |= Q(pk__in=User.objects.holding(tokens.PUBLIC_SECTOR).values("pk"))
    elif person.show_profile == ShownTo.OWN_ORGANISATION:
        among |= Q(organisation_id=person.organisation_id)
    return User.objects.active().filter(among)


def shown(person: Any) -> Shown:
    return Shown(person.get_full_name(), person.get_absolute_url(), tokens.ACCOUNTS)


PERSON = register(
    ItemType("person", "Mensen", (User,), people_visible_to, readers_of, shown, people_visible_to)
)
