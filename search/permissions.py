"""Who may do what here."""

from __future__ import annotations

from kpo.people.reader import Reader
from kpo.people.roles import Role


def can_see_insight(reader: Reader) -> bool:
    """What people ask of search, and what they say is missing."""
    return reader.has_role(Role.EDITOR, Role.ADMINISTRATOR)


def can_report_missing(reader: Reader) -> bool:
    """Everyone with an account."""
    return reader.person is not None
