"""What is asked of search and what comes of it, kept so that it says nothing about a person.

A question of today is a row with a hash of its asker, under a key that lives as long as the day.
The night after, questions are added up per month and theme. The text of one that fewer than FEWEST
people asked on a day is forgotten then, and is shown to nobody before.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import structlog
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from kpo.audit.origin import client_address
from kpo.casedata import patterns
from kpo.casedata.models import Pattern
from kpo.casedata.recognition import recognize
from kpo.people.reader import current_reader
from search.dutch import fold
from search.models import AskedInMonth, Asking, DayKey, MissingReport
from search.records import SearchPage, SearchQuery

# Fewer people than this could be recognized by what they asked.
FEWEST = 5
MONTHS_KEPT = 24
REPORTS_KEPT = timedelta(days=365)
LONGEST = 120
BEST_HITS = 5
SECONDS_BETWEEN_LOOKS = 60
MOST_COUNTED = 10_000
COUNTED = ("times", "without_result", "watched", "without_click", "useful", "not_useful")

log = structlog.get_logger(__name__)

# Every question not counted yet, as lines of a month.
_SETTLING = """
SELECT date_trunc('month', asking.day)::date AS month, theme,
    CASE WHEN crowd.askers >= %s THEN text ELSE '' END AS text,
    count(*) AS times,
    count(*) FILTER (WHERE NOT is_found) AS without_result,
    count(*) FILTER (WHERE is_found AND is_clicked IS NOT NULL) AS watched,
    count(*) FILTER (WHERE is_found AND NOT is_clicked) AS without_click,
    count(*) FILTER (WHERE is_useful) AS useful,
    count(*) FILTER (WHERE NOT is_useful) AS not_useful
FROM search_asking AS asking JOIN (
    SELECT day, text, count(DISTINCT asker) AS askers FROM search_asking GROUP BY day, text
) AS crowd USING (day, text)
WHERE asking.day < %s GROUP BY 1, 2, 3
"""
_SETTLE = f"""
INSERT INTO search_askedinmonth AS known (month, theme, text, {", ".join(COUNTED)})
{_SETTLING}
ON CONFLICT (month, theme, text) DO UPDATE SET
    {", ".join(f"{name} = known.{name} + excluded.{name}" for name in COUNTED)}
"""
_LINES = f"""
WITH line AS (
    SELECT month, theme, text, {", ".join(COUNTED)} FROM search_askedinmonth
    UNION ALL SELECT * FROM ({_SETTLING}) AS today
)
SELECT text, {", ".join(f"sum({name})::int AS {name}" for name in COUNTED)} FROM line
WHERE month = %s AND theme = ANY(%s) GROUP BY text
"""  # noqa: S608  nothing but names of columns from this file


@dataclass(frozen=True, slots=True)
class AskedLine:
    """How a question fared in a month; without text it stands for all rare ones together."""

    text: str
    times: int
    without_result: int
    watched: int
    without_click: int
    useful: int
    not_useful: int


# --- While people search -------------------------------------------------------------------------
def note(request: HttpRequest, query: SearchQuery, page: SearchPage) -> None:
    """Count a question once for each asker and day. Never keeps the asker from an answer.

    A question that was narrowed, or is leafed through, was counted when it was asked.
    """
    if not _is_first_answer(query):
        return
    try:
        _count(request, query, page)
    except DatabaseError as error:
        log.warning("search.question_uncounted", reason=type(error).__name__)


def _count(request: HttpRequest, query: SearchQuery, page: SearchPage) -> None:
    day, asker, theme = timezone.localdate(), _asker(request), _theme_of(query, page)
    is_found = page.total > 0 or bool(page.hits)
    question = hash((day, asker, query.text, theme, is_found))
    text = None if question in _counted else text_to_keep(query.text)
    if text is None:
        return
    asking = Asking(day=day, text=text, theme=theme, asker=asker, is_found=is_found)
    Asking.objects.bulk_create(
        [asking],
        update_conflicts=True,
        unique_fields=["day", "text", "theme", "asker"],
        update_fields=["is_found"],
    )
    _remember(question)


# What this process counted lately: who goes back, or ticks a filter, asks nothing new.
_counted: set[int] = set()


def _remember(question: int) -> None:
    if len(_counted) >= MOST_COUNTED:
        _counted.clear()
    _counted.add(question)


def note_click(request: HttpRequest, text: str, *, is_clicked: bool) -> None:
    """Whether the asker opened a hit; one click is enough for the day."""
    asked = _asked_today(request, text)
    asked.update(is_clicked=True) if is_clicked else asked.filter(is_clicked=None).update(
        is_clicked=False
    )


def note_useful(request: HttpRequest, text: str, *, is_useful: bool) -> None:
    _asked_today(request, text).update(is_useful=is_useful)


def text_to_keep(typed: str) -> str | None:
    """A question as it is counted; empty if it is too long or has an address, None for none.

    Also None for one with a number of a person in it: that is kept nowhere.
    """
    text = " ".join(fold(typed).split())
    if not text or _has_case_data(typed):
        return None
    return "" if len(text) > LONGEST or "@" in text else text


def _asked_today(request: HttpRequest, text: str) -> Any:
    kept = text_to_keep(text)
    if kept is None:
        return Asking.objects.none()
    return Asking.objects.filter(day=timezone.localdate(), text=kept, asker=_asker(request))


def _is_first_answer(query: SearchQuery) -> bool:
    others = [name for name in query.filters if name != "theme"]
    narrowed = query.type or query.since or query.until or others
    return query.page == 1 and query.sort == "relevance" and not narrowed


def _theme_of(query: SearchQuery, page: SearchPage) -> str:
    """The theme chosen, or the one that most of the best hits are about."""
    chosen = query.filters.get("theme", ())
    if chosen:
        return chosen[0] if len(chosen) == 1 else ""
    named = [theme for hit in page.hits[:BEST_HITS] for theme in hit.themes]
    return min(named, key=lambda theme: (-named.count(theme), theme), default="")


# --- Who asks, without who -----------------------------------------------------------------------
_keys: dict[date, bytes] = {}


def _asker(request: HttpRequest) -> str:
    """The same for one person, or one network address, all day; unknown to anyone afterwards."""
    person = current_reader(request).person
    who = str(person.uuid) if person else client_address(request)
    return hashlib.blake2b(
        who.encode(), key=_key_of(timezone.localdate()), digest_size=16
    ).hexdigest()


def _key_of(day: date) -> bytes:
    if day not in _keys:
        row, _ = DayKey.objects.get_or_create(day=day, defaults={"key": secrets.token_bytes(32)})
        _keys.clear()
        _keys[day] = bytes(row.key)
    return _keys[day]


# --- What is never kept --------------------------------------------------------------------------
_own: tuple[float, list[Pattern]] = (0.0, [])


def _has_case_data(text: str) -> bool:
    return any(recognize(text)) or any(patterns.find(_own_patterns(), text))


def _own_patterns() -> list[Pattern]:
    """The administrators' own patterns, at most a minute old: no query for every search."""
    global _own  # noqa: PLW0603  the one value that a process remembers here
    if not _own[0] or time.monotonic() - _own[0] > SECONDS_BETWEEN_LOOKS:
        _own = (time.monotonic(), list(Pattern.objects.filter(is_active=True)))
    return _own[1]


# --- The night after -----------------------------------------------------------------------------
@transaction.atomic
def settle(today: date) -> None:
    """Add up what was asked before today, forget the rest, and with it who asked."""
    _drop_case_data()
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [FEWEST, today])
    Asking.objects.filter(day__lt=today).delete()
    DayKey.objects.filter(day__lt=today).delete()
    oldest = (today.replace(day=1) - timedelta(days=31 * MONTHS_KEPT)).replace(day=1)
    AskedInMonth.objects.filter(month__lt=oldest).delete()
    MissingReport.objects.filter(handled_on__lt=today - REPORTS_KEPT).delete()


def _drop_case_data() -> None:
    """A pattern of today also counts for what was asked before it was made."""
    own = list(Pattern.objects.filter(is_active=True))
    texts = Asking.objects.values_list("text", flat=True).distinct()
    found = [text for text in texts if any(patterns.find(own, text))]
    Asking.objects.filter(text__in=found).delete()


# --- What editors see ----------------------------------------------------------------------------
Order = Literal["times", "without_result", "without_click"]


def months() -> list[date]:
    """The months of which something is known, the last first; this one always."""
    known = set(AskedInMonth.objects.values_list("month", flat=True).distinct())
    return sorted(known | {timezone.localdate().replace(day=1)}, reverse=True)


def themes() -> list[str]:
    """Slugs of all themes that something was asked about."""
    settled = AskedInMonth.objects.exclude(theme="").values_list("theme", flat=True)
    return sorted({*settled, *Asking.objects.exclude(theme="").values_list("theme", flat=True)})


def lines(month: date, about: Iterable[str]) -> list[AskedLine]:
    """Everything asked in a month about these themes ("" is none), today included."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [FEWEST, tomorrow, month, list(about)])
        return [AskedLine(*row) for row in cursor.fetchall()]


def most(lines: Iterable[AskedLine], order: Order, limit: int) -> list[AskedLine]:
    """Those with a text that have most of something, and any of it."""
    named = [line for line in lines if line.text and getattr(line, order)]
    return sorted(named, key=lambda line: (-getattr(line, order), line.text))[:limit]
