"""The tokens of a member, in one query."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.memberships.models import Membership
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.reader import register_audience_provider


def spaces_of(person: User) -> Iterable[str]:
    held = Membership.objects.filter(person=person).values_list("space", flat=True)
    return [f"{tokens.COMMUNITY}:{space}" for space in held]


register_audience_provider(spaces_of)
