"""Dates, numbers and sizes as Dutch readers write them."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format

WEEK = 7
KILO = 1000
MONTHS = [
    "jan.",
    "feb.",
    "mrt.",
    "apr.",
    "mei",
    "jun.",
    "jul.",
    "aug.",
    "sep.",
    "okt.",
    "nov.",
    "dec.",
]


def local_date(moment: date | datetime) -> date:
    """The calendar day of `moment` where the reader is."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment


def day(moment: date | datetime) -> str:
    """12 november 2026."""
    return date_format(local_date(moment), "j F Y")


def short_day(moment: date | datetime, today: date | None = None) -> str:
    """For lists: vandaag, gisteren, a weekday up to a week back, then 12 nov. or 12 nov. 2025."""
    on, now = local_date(moment), today or timezone.localdate()
    past = (now - on).days
    if past in (0, 1):
        return ("vandaag", "gisteren")[past]
    if 1 < past < WEEK:
        return date_format(on, "l")
    year = "" if on.year == now.year else f" {on.year}"
    return f"{on.day} {MONTHS[on.month - 1]}{year}"


def is_only_year(on: date | datetime) -> bool:
    """Whether this stands for a whole year: of many reports no more is known than their year.

    Such a date is kept as 1 January. A moment is never a year.
    """
    return not isinstance(on, datetime) and (on.month, on.day) == (1, 1)


def number(value: float | Decimal) -> str:
    """71.240 and 5,1: a point between thousands, a comma before the fraction."""
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def file_size(count: int) -> str:
    """`count` bytes in the unit a reader would use: 812 kB, 2,4 MB, 64 MB."""
    size, unit = float(count), "bytes"
    for bigger in ("kB", "MB", "GB"):
        if size < KILO:
            break
        size, unit = size / KILO, bigger
    rounded = round(size, 1) if size < 10 and unit in ("MB", "GB") else round(size)
    return f"{number(rounded)} {unit}"
