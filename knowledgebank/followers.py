"""Who follows what news is about, as far as each may still see what is followed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kpo.inbox.models import Follow
from kpo.people.item_types import readers_of
from kpo.people.models import Block, User


def of_pages(pages: Iterable[Any]) -> QuerySet[User]:
    """Who follows one of these pages and may still read that page."""
    among = Q(pk__in=[])
    for page in pages:
        following = Follow.objects.on(page).values("person")
        among |= Q(pk__in=User.objects.holding(page.audience).filter(pk__in=following).values("pk"))
    return User.objects.filter(among)


def of_person(person: User) -> QuerySet[User]:
    """Who follows this person and still finds him or her. Twin of `FollowQuerySet.of_people`."""
    if not person.in_directory:
        return User.objects.none()
    kept_off = Block.objects.filter(person=person, blocked=OuterRef("pk"))
    following = Follow.objects.filter(subject=person).values("person")
    return readers_of(person).filter(~Exists(kept_off), pk__in=following).exclude(pk=person.pk)
