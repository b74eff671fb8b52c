"""Telling people of an event: a verb calls `tell`, and the worker writes the lines in the inboxes.

The job goes with the verb's transaction. However often it runs, a person has one line per event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone
from django_tasks import task

from kpo import jobs
from kpo.inbox.channels import Channel
from kpo.inbox.kinds import Kind, kind_named
from kpo.inbox.mailing import mail_line
from kpo.inbox.models import Absence, Mute, Notification
from kpo.inbox.preferences import without_those_who_chose_nothing
from kpo.items import ItemType, type_named, type_of
from kpo.people.models import User


def tell(
    kind: Kind,
    item: Model,
    *,
    event: str,
    actor: User | None = None,
    facts: Mapping[str, Any] | None = None,
    space: str = "",
    due_on: date | None = None,
) -> None:
    """Let everyone whom `kind` concerns hear of an event on `item`, except `actor`.

    `event` names it among those of its kind: telling the same event again tells nobody twice.
    `facts` are codes and keys, never words: those are made from the item when somebody looks.
    """
    notify.enqueue(
        kind=kind.name,
        item_type=type_of(item).name,
        item_uuid=str(getattr(item, "uuid", "")),
        event=event,
        actor=actor.pk if actor is not None else None,
        facts=dict(facts or {}),
        space=space,
        due_on=due_on.isoformat() if due_on is not None else None,
    )


def settle(kind: Kind, item: Model) -> None:
    """Nobody needs to hear any more of what `kind` said of `item`: the task is done."""
    rows = Notification.objects.on(type_of(item).name, getattr(item, "uuid", UUID(int=0)))
    rows.filter(kind=kind.name).unread().update(read_at=timezone.now())


@jobs.name("Mensen laten weten wat er nieuw is")
@task()
def notify(
    *,
    kind: str,
    item_type: str,
    item_uuid: str,
    event: str,
    actor: int | None,
    facts: dict[str, Any],
    space: str,
    due_on: str | None,
) -> None:
    about, of_type = kind_named(kind), type_named(item_type)
    item = of_type.find(item_uuid) if of_type is not None else None
    if about is None or of_type is None or item is None:
        return
    line = Notification(
        kind=kind,
        event=event,
        item_type=item_type,
        item_uuid=UUID(item_uuid),
        space=space,
        actor_id=actor,
        facts=facts,
        due_on=date.fromisoformat(due_on) if due_on else None,
    )
    with transaction.atomic():
        write(line, receivers(about, of_type, item, line))


def receivers(
    kind: Kind, of_type: ItemType, item: Any, line: Notification
) -> dict[int, tuple[str, int | None]]:
    """Person → channel, and for whom the person stands in; only who may read the item now."""
    concerned = kind.receivers(item, line.facts)
    told = _allowed(kind, of_type.readers(item).filter(pk__in=concerned.values("pk")), line)
    found: dict[int, tuple[str, int | None]] = {pk: (channel, None) for pk, channel in told}
    if kind.is_task:
        away = Absence.objects.on_day(timezone.localdate()).filter(person__in=found)
        standing_in = dict(away.values_list("substitute_id", "person_id"))
        others = of_type.readers(item).filter(pk__in=standing_in.keys() - found.keys())
        found |= {pk: (way, standing_in[pk]) for pk, way in _allowed(kind, others, line)}
    return found


def _allowed(kind: Kind, people: QuerySet[User], line: Notification) -> Iterable[tuple[int, str]]:
    """(person, channel) of those who want to hear of this item, and did not do it themselves."""
    muted = Mute.objects.on(line.item_type, line.item_uuid).filter(person=OuterRef("pk"))
    wanting = people.exclude(Exists(muted))
    if line.actor_id is not None:
        wanting = wanting.exclude(pk=line.actor_id)
    rows: QuerySet[Any] = without_those_who_chose_nothing(wanting, kind, line.space)
    return list(rows.order_by("pk").values_list("pk", "channel"))


def write(line: Notification, people: Mapping[int, tuple[str, int | None]]) -> None:
    """Give each of these people the line, and queue a mail for who wants one at once."""
    same = Notification.objects.filter(kind=line.kind, event=line.event)
    known = set(same.filter(person__in=people).values_list("person_id", flat=True))
    rows = [
        Notification(
            person_id=pk,
            instead_of_id=instead_of,
            kind=line.kind,
            event=line.event,
            item_type=line.item_type,
            item_uuid=line.item_uuid,
            space=line.space,
            actor_id=line.actor_id,
            facts=line.facts,
            due_on=line.due_on,
        )
        for pk, (_, instead_of) in people.items()
        if pk not in known
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    hurried = [pk for pk, (channel, _) in people.items() if channel == Channel.AT_ONCE]
    for pk in (
        same.filter(person__in=hurried).exclude(person__in=known).values_list("pk", flat=True)
    ):
        mail_line.enqueue(notification=pk)
