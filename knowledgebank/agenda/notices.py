"""What followers of a theme hear of the agenda: a meeting that was added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from knowledgebank.models import EventPage, ThemePage
from kpo.inbox.channels import Channel
from kpo.inbox.kinds import Kind, register
from kpo.inbox.models import Follow, Notification
from kpo.people.models import User
from kpo.people.reader import Reader


def followers_of_its_themes(event: Any, facts: Mapping[str, Any]) -> QuerySet[User]:
    """Who follows one of its themes and may still read that theme."""
    among = Q(pk__in=[])
    for theme in event.themes.filter(live=True):
        following = Follow.objects.on(theme).values("person")
        among |= Q(
            pk__in=User.objects.holding(theme.audience).filter(pk__in=following).values("pk")
        )
    return User.objects.filter(among)


def when_it_is(reader: Reader, told: Sequence[Notification]) -> dict[int, str]:
    """The moment, and the themes that the reader follows."""
    uuids = {one.item_uuid for one in told}
    events = {event.uuid: event for event in EventPage.objects.filter(uuid__in=uuids)}
    themes = ThemePage.objects.visible_to(reader).filter(follows__person=reader.person)
    names: dict[Any, list[str]] = {}
    pairs = themes.filter(events__uuid__in=uuids).order_by("title")
    for uuid, title in pairs.values_list("events__uuid", "title"):
        names.setdefault(uuid, []).append(title)
    return {one.pk: _sentence(events.get(one.item_uuid), names) for one in told}


def _sentence(event: EventPage | None, names: Mapping[Any, list[str]]) -> str:
    if event is None:
        return "Nieuw in de agenda."
    about = f" Thema: {', '.join(names[event.uuid])}." if event.uuid in names else ""
    return f"{event.period.capitalize()}.{about}"


NEW_EVENT = register(
    Kind(
        name="knowledge.event",
        label="Nieuw in de agenda bij een thema dat je volgt",
        explanation="Er kwam een bijeenkomst bij.",
        heading="Nieuw in de agenda",
        default=Channel.WEEKLY,
        receivers=followers_of_its_themes,
        sentences=when_it_is,
        glyph="calendar-days",
    )
)
