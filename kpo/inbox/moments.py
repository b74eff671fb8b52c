"""When the mails of a day, a week and a month go out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from kpo.inbox.channels import DIGESTS, Channel

MONDAY, SATURDAY = 0, 5


def last_moment(channel: str, now: datetime) -> datetime:
    """The latest moment, not after `now`, at which mails of this channel go out."""
    at = _at_the_hour(timezone.localtime(now))
    if at > now:
        at = _days_before(at, 1)
    while not _is_day_of(channel, at):
        at = _days_before(at, 1)
    return at


def last_moments(now: datetime) -> dict[Channel, datetime]:
    return {channel: last_moment(channel, now) for channel in DIGESTS}


def _at_the_hour(moment: datetime) -> datetime:
    return moment.replace(hour=settings.KPO_DIGEST_HOUR, minute=0, second=0, microsecond=0)


def _days_before(at: datetime, days: int) -> datetime:
    """The same hour on the clock, also where that clock changed in between."""
    return timezone.make_aware(at.replace(tzinfo=None) - timedelta(days=days))


def _is_day_of(channel: str, at: datetime) -> bool:
    if channel == Channel.DAILY:
        return at.weekday() < SATURDAY
    return at.weekday() == MONDAY if channel == Channel.WEEKLY else at.day == 1
