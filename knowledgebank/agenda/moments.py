"""When something is, in the words of a Dutch agenda."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from kpo.design.dutch import MONTHS, day


def clock(moment: datetime) -> str:
    """09:30."""
    return date_format(timezone.localtime(moment), "H:i")


def weekday(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "l")


def month_of(moment: datetime) -> date:
    """The first day of its month, where the reader is."""
    return timezone.localtime(moment).date().replace(day=1)


def short_month(moment: datetime) -> str:
    """nov, without the point that running text has."""
    return MONTHS[timezone.localtime(moment).month - 1].rstrip(".")


def is_one_day(starts_at: datetime, ends_at: datetime) -> bool:
    return timezone.localtime(starts_at).date() == timezone.localtime(ends_at).date()


def hours(starts_at: datetime, ends_at: datetime) -> str:
    """For a list with the day beside it: dinsdag 10:00 tot 11:30, or dinsdag 10:00 tot 26 nov."""
    begin = f"{weekday(starts_at)} {clock(starts_at)}"
    if is_one_day(starts_at, ends_at):
        return f"{begin} tot {clock(ends_at)}"
    last = timezone.localtime(ends_at)
    return f"{begin} tot {weekday(ends_at)} {last.day} {MONTHS[last.month - 1]} {clock(ends_at)}"


def period(starts_at: datetime, ends_at: datetime) -> str:
    """In full: dinsdag 24 november 2026, 10:00 tot 11:30."""
    begin = f"{weekday(starts_at)} {day(starts_at)}, {clock(starts_at)}"
    if is_one_day(starts_at, ends_at):
        return f"{begin} tot {clock(ends_at)}"
    return f"{begin} tot {weekday(ends_at)} {day(ends_at)}, {clock(ends_at)}"
