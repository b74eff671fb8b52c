"""Who may do what here."""

from __future__ import annotations

from kpo.pages.models import ReadablePage
from kpo.people.models import User
from kpo.people.reader import Reader, cms_reader
from kpo.people.roles import Role


def can_see_insight(reader: Reader) -> bool:
    """What people ask of search, and what they say is missing."""
    return reader.has_role(Role.EDITOR, Role.ADMINISTRATOR)


def can_manage_pins(reader: Reader) -> bool:
    """Put pages first for a question; which pages, `can_pin` says."""
    return reader.has_role(Role.EDITOR, Role.ADMINISTRATOR)


def can_pin(user: User, page: ReadablePage) -> bool:
    """An administrator whatever page they may meet in the CMS, an editor what they may edit."""
    reader = cms_reader(user)
    if not reader.holds(page.working_audience):
        return False
    tester = page.permissions_for_user(user)
    return reader.has_role(Role.ADMINISTRATOR) or tester.can_edit()


def can_explain_order(reader: Reader) -> bool:
    """Why hits stand in this order; shows nothing that a search of one's own would not."""
    return reader.has_role(Role.EDITOR, Role.ADMINISTRATOR)


def can_report_missing(reader: Reader) -> bool:
    """Everyone with an account."""
    return reader.person is not None
