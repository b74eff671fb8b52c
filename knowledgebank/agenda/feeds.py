"""Whose agenda a link opens, and what is in it at the moment it is asked for."""

from __future__ import annotations

from knowledgebank.models import AgendaFeed, EventPage
from kpo.people.models.invitation import digest
from kpo.people.reader import Reader, reader_of_user
from kpo.people.sealing import SealBrokenError, unseal

PURPOSE = "agenda-feed"
# Calendars show what was too; further back the agenda itself is the place to look.
DAYS_BACK = 90
MOST = 500


def reader_behind(secret: str) -> Reader | None:
    """Who made this link, as far as that person reads now; None for any link that is no more."""
    feed = AgendaFeed.objects.usable().filter(secret_digest=digest(secret)).first()
    if feed is None:
        return None
    reader = reader_of_user(feed.person)
    return None if reader.is_anonymous else reader


def events_for(reader: Reader) -> list[EventPage]:
    events = EventPage.objects.visible_to(reader).since(DAYS_BACK).order_by("starts_at", "pk")
    return list(events.select_related("organisation").defer("body")[:MOST])


def secret_of(feed: AgendaFeed) -> str:
    """The secret for its owner to see again; empty where it cannot be read back any more."""
    try:
        return unseal(PURPOSE, feed.sealed_secret)
    except SealBrokenError:
        return ""
