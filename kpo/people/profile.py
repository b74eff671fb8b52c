"""What a person shows of the profile, and to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from kpo.people import tokens
from kpo.people.choices import ShownTo

if TYPE_CHECKING:
    from kpo.people.models.user import User
    from kpo.people.reader import Reader

# Parts of the profile that are shown or hidden each by itself; name and organisation are one.
PARTS = ("function", "expertise", "interests", "email", "phone")
NONE: frozenset[str] = frozenset()

# (slug, label) of what a reader may choose to be interested in; the knowledge bank fills it.
InterestSource = Callable[["Reader"], Iterable[tuple[str, str]]]
_interest_sources: list[InterestSource] = []


def register_interests(source: InterestSource) -> None:
    """Let an app of an upper floor offer subjects, such as themes, to be interested in."""
    if source not in _interest_sources:
        _interest_sources.append(source)


def interest_choices(reader: Reader) -> list[tuple[str, str]]:
    return [choice for source in _interest_sources for choice in source(reader)]


def levels_for_token(token: str) -> frozenset[str]:
    """Which ShownTo values reach someone of whom no more is known than this token."""
    if token == tokens.ACCOUNTS:
        return frozenset({ShownTo.ACCOUNTS})
    if token == tokens.PUBLIC_SECTOR:
        return frozenset({ShownTo.ACCOUNTS, ShownTo.PUBLIC_SECTOR})
    return NONE


def levels_for_reader(person: User, reader: Reader) -> frozenset[str]:
    """Which ShownTo values of `person` reach this reader; all of them for the person self."""
    if reader.person is None:
        return NONE
    if reader.person.pk == person.pk:
        return frozenset(ShownTo.values)
    levels = {token for token in (ShownTo.ACCOUNTS, ShownTo.PUBLIC_SECTOR) if reader.holds(token)}
    if reader.person.organisation_id == person.organisation_id:
        levels.add(ShownTo.OWN_ORGANISATION)
    return frozenset(levels)


def shown(person: User, levels: frozenset[str]) -> dict[str, Any]:
    if not person.is_active or person.show_profile not in levels:
        return {}
    found = {"name": person.get_full_name(), "organisation": person.organisation.name}
    parts = {part: getattr(person, part) for part in PARTS}
    return found | {
        part: value
        for part, value in parts.items()
        if value and getattr(person, f"show_{part}") in levels
    }
