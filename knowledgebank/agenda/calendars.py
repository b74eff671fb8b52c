"""Events as iCalendar files (RFC 5545), in UTC, so that no calendar needs our time zone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from kpo.people import tokens
from kpo.people.addresses import absolute

if TYPE_CHECKING:
    from knowledgebank.models import EventPage

PRODUCT = "-//KPO//Agenda//NL"
NAME = "KPO-agenda"
CLOSED = "Besloten bijeenkomst op KPO"
# How often a calendar is asked to look again.
REFRESH = timedelta(hours=6)
Line = tuple[str, str]


def one_event(event: EventPage) -> bytes:
    """A file with one event, for who may read it and asked for it."""
    calendar = _empty()
    calendar.add_component(_in_full(event))
    return bytes(calendar.to_ical())


def feed_of(events: Iterable[EventPage]) -> bytes:
    """The agenda of one reader. Of what is closed it tells when, and where on KPO it is told.

    A calendar keeps copies with whoever runs it; a title or a place is not for them.
    """
    calendar = _empty()
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for event in events:
        is_open = event.audience in tokens.OPEN
        calendar.add_component(_in_full(event) if is_open else _closed(event))
    return bytes(calendar.to_ical())


def answer(content: bytes, *, name: str = "") -> HttpResponse:
    """What a browser or a calendar gets; with a `name` it is a file to keep."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _empty() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    return calendar


def _timed(event: EventPage) -> Event:
    """What any entry has: who it is, when it is, and the page that says the rest.

    The page is named by its random id: its address may hold the words of the title.
    """
    entry = Event()
    entry.add("uid", f"{event.uuid}@kpo")
    entry.add("dtstamp", (event.last_published_at or timezone.now()).astimezone(UTC))
    entry.add("dtstart", event.starts_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    entry.add("url", address_of(event))
    return entry


def _in_full(event: EventPage) -> Event:
    entry = _timed(event)
    entry.add("summary", event.title)
    entry.add("location", event.place or event.online_url)
    entry.add("description", _told(event))
    return entry


def _closed(event: EventPage) -> Event:
    entry = _timed(event)
    entry.add("summary", CLOSED)
    entry.add("class", "PRIVATE")
    return entry


def _told(event: EventPage) -> str:
    """The summary, and under it each fact that the page has."""
    facts: list[Line] = [
        ("Voor wie", event.intended_for),
        ("Organisator", event.organisation.name if event.organisation else ""),
        ("Online", event.online_url),
        ("Aanmelden", event.registration_url),
        ("Op KPO", address_of(event)),
    ]
    return "\n".join([event.summary, "", *(f"{label}: {fact}" for label, fact in facts if fact)])


def address_of(event: EventPage) -> str:
    return absolute(reverse("pages:find", args=[event.uuid]))
