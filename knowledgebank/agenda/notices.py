"""What is told of the agenda: a meeting was added to a theme, or one that is followed changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import pre_save

from knowledgebank import followers
from knowledgebank.models import EventPage, ThemePage
from kpo.inbox.channels import Channel
from kpo.inbox.kinds import Kind, register
from kpo.inbox.models import Notification
from kpo.inbox.telling import tell
from kpo.people.models import User
from kpo.people.reader import Reader

# What of an event people come or stay away for, and how it is said when it changed.
WHAT_MATTERS = {
    "starts_at": "Het is verplaatst",
    "ends_at": "Het einde is veranderd",
    "place": "De plaats is veranderd",
    "online_url": "De link om mee te doen is veranderd",
}


def followers_of_its_themes(event: Any, facts: Mapping[str, Any]) -> QuerySet[User]:
    return followers.of_pages(event.themes.filter(live=True))


def followers_of_it(event: Any, facts: Mapping[str, Any]) -> QuerySet[User]:
    return followers.of_pages([event])


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


def how_it_stands(reader: Reader, told: Sequence[Notification]) -> dict[int, str]:
    """What was changed, as codes in the facts, beside when it is now."""
    uuids = {one.item_uuid for one in told}
    events = {one.uuid: one for one in EventPage.objects.visible_to(reader).filter(uuid__in=uuids)}
    return {one.pk: _changed(events.get(one.item_uuid), one.facts) for one in told}


def _changed(event: EventPage | None, facts: Mapping[str, Any]) -> str:
    if event is None:
        return "De bijeenkomst is veranderd."
    if event.is_cancelled:
        return f"Gaat niet door: {event.period}."
    said = [words for name, words in WHAT_MATTERS.items() if name in facts.get("what", ())]
    return f"{'. '.join(said) or 'Gaat toch door'}. {event.period.capitalize()}."


EVENT_CHANGED = register(
    Kind(
        name="knowledge.event-changed",
        label="Een bijeenkomst die je volgt is veranderd",
        explanation="De bijeenkomst kreeg een andere tijd of plaats, of gaat niet door.",
        heading="Veranderd in de agenda",
        default=Channel.AT_ONCE,
        receivers=followers_of_it,
        sentences=how_it_stands,
        glyph="calendar-days",
    )
)


def about_to_change(
    sender: type, instance: EventPage, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """Tell of what is written over, in the transaction that writes it."""
    columns = [*WHAT_MATTERS, "is_cancelled"]
    # A draft of a live event is kept by writing its other columns.
    is_draft = update_fields is not None and update_fields.isdisjoint(columns)
    if is_draft or not instance.live or instance.alias_of_id is not None or instance.is_past:
        return
    stored = EventPage.objects.filter(pk=instance.pk, live=True).values(*columns).first()
    now = {name: getattr(instance, name) for name in columns}
    if stored is None or stored == now:
        return
    what = sorted(name for name in columns if stored[name] != now[name])
    mark = hashlib.sha256(repr(sorted(now.items())).encode()).hexdigest()[:16]
    # Each publication is an event of its own: what went back to an earlier hour changed again.
    event = f"{instance.uuid}:{instance.live_revision_id}:{mark}"
    actor = instance.live_revision.user if instance.live_revision is not None else None
    tell(EVENT_CHANGED, instance, event=event, actor=actor, facts={"what": what})


pre_save.connect(about_to_change, sender=EventPage, dispatch_uid="knowledgebank.agenda.changed")
