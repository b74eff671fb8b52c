"""Who decides about what is held."""

from kpo.casedata.models import Hold
from kpo.casedata.places import place_of
from kpo.people.reader import Reader
from kpo.people.roles import Role


def can_see_queue(reader: Reader) -> bool:
    return reader.has_role(Role.EDITOR, Role.ADMINISTRATOR)


def can_manage_patterns(reader: Reader) -> bool:
    return reader.has_role(Role.ADMINISTRATOR)


def can_decide(reader: Reader, hold: Hold) -> bool:
    """Whoever manages the place that the thing is in."""
    if hold.target is None:
        return can_see_queue(reader)
    return place_of(hold.place).can_decide(reader, hold.target)
