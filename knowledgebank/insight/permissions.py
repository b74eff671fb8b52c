"""Who sees how the knowledge bank fares, and who sets what it should be."""

from __future__ import annotations

from kpo.people.reader import Reader
from kpo.people.roles import Role


def can_see_figures(reader: Reader) -> bool:
    """The board and administrators; an ambassador has the lists of the own themes."""
    return reader.has_role(Role.BOARD_MEMBER, Role.BOARD_CHAIR, Role.ADMINISTRATOR)


def can_set_goal(reader: Reader) -> bool:
    return reader.has_role(Role.BOARD_MEMBER, Role.BOARD_CHAIR)
