"""For whom a second factor is compulsory: one rule, in Python and in SQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Exists, Q

from kpo.people import standing
from kpo.people.roles import above_reader

if TYPE_CHECKING:
    from kpo.people.models import User

# The same rule twice: of one person with standing, and as a condition on people in SQL.
Predicate = Callable[["User"], bool]
Condition = Callable[[], Q | Exists]
_rules: list[tuple[Predicate, Condition]] = []


def register(predicate: Predicate, condition: Condition) -> None:
    """Let an upper floor make the second factor compulsory for more people, such as managers."""
    if (predicate, condition) not in _rules:
        _rules.append((predicate, condition))


def is_needed_by(person: User) -> bool:
    """Whether this person, loaded `with_standing`, must have a second factor."""
    if person.reaches_cms or above_reader().intersection(person.role_names):
        return True
    return any(predicate(person) for predicate, _ in _rules)


def is_missing_for(person: User) -> bool:
    return not person.has_second_factor and is_needed_by(person)


def needed() -> Q:
    """Twin of `is_needed_by`, as a condition on people."""
    condition = Q(standing.reaches_cms()) | Q(standing.has_role(*above_reader()))
    for _, added in _rules:
        condition |= Q(added())
    return condition
