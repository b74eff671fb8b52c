"""Who can read something: how many people of how many organisations."""

from __future__ import annotations

from dataclasses import dataclass

from kpo.people import tokens
from kpo.people.models import User


@dataclass(frozen=True)
class Readership:
    """How many active people, of how many organisations, hold a token."""

    label: str
    people: int
    organisations: int
    is_everybody: bool


def readership(token: str) -> Readership:
    people = User.objects.holding(token)
    return Readership(
        label=tokens.label(token),
        people=people.count(),
        organisations=people.order_by().values("organisation").distinct().count(),
        is_everybody=token == tokens.PUBLIC,
    )
