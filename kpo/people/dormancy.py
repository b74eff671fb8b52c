"""Accounts nobody uses: first a mail, then switched off."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from kpo.audit.log import record
from kpo.people import notifications
from kpo.people.actions.accounts import deactivate
from kpo.people.models import User
from kpo.people.models.user import Leaving

WARN_AFTER = timedelta(days=150)
STOP_AFTER = timedelta(days=180)
# Nobody is switched off without this much time after the mail, also if jobs stood still.
NOTICE = timedelta(days=14)


def warn(today: date) -> int:
    """Mail whoever has been quiet long enough and was not warned yet; returns how many."""
    unwarned = User.objects.filter(dormancy_warned_on=None)
    quiet = list(unwarned.quiet_since(today - WARN_AFTER).order_by("pk"))
    for person in quiet:
        warn_one(person, today)
    return len(quiet)


@transaction.atomic
def warn_one(person: User, today: date) -> None:
    person.dormancy_warned_on = today
    person.save(update_fields=["dormancy_warned_on"])
    last_seen = person.last_active_on or person.date_joined.date()
    days_left = max(NOTICE.days, (last_seen + STOP_AFTER - today).days)
    record("people.warn_dormant", actor=None, obj=person)
    notifications.dormancy_warning(person, days_left)


def stop(today: date) -> int:
    """Switch off whoever stayed quiet after the mail; returns how many."""
    warned = User.objects.filter(dormancy_warned_on__lte=today - NOTICE)
    quiet = list(warned.quiet_since(today - STOP_AFTER).order_by("pk"))
    return sum(stop_one(person) for person in quiet)


def stop_one(person: User) -> bool:
    """Whether it was done: a platform without anyone to open it again helps nobody."""
    try:
        deactivate(actor=None, person=person, because=Leaving.DORMANT)
    except ValidationError:
        return False
    return True
