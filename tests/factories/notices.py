"""News that no app tells: kinds and events for tests of the inbox itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from typing import Any

from django.db.models import QuerySet

from kpo.inbox import kinds
from kpo.inbox.channels import Channel
from kpo.inbox.kinds import Kind
from kpo.inbox.models import Notification
from kpo.items import type_of
from kpo.people.models import User

_numbers = count(1)
SENTENCE = "Er gebeurde iets."


def everybody(item: Any, facts: Mapping[str, Any]) -> QuerySet[User]:
    return User.objects.all()


NEWS = Kind(
    name="proof.news",
    label="Nieuws van de proef",
    explanation="Bestaat alleen in tests.",
    heading="Nieuws van de proef",
    default=Channel.PLATFORM,
    receivers=everybody,
    sentences=lambda reader, told: {one.pk: SENTENCE for one in told},
)
TASK = replace(NEWS, name="proof.task", label="Taak van de proef", is_task=True)


@contextmanager
def registered(*added: Kind) -> Iterator[None]:
    """These kinds exist for a while, in place of any of the same name."""
    before = dict(kinds._kinds)
    kinds._kinds.update({kind.name: kind for kind in added})
    try:
        yield
    finally:
        kinds._kinds.clear()
        kinds._kinds.update(before)


def notification(person: User, item: Any, kind: Kind = NEWS, **fields: Any) -> Notification:
    """A line in the inbox of `person`, as the worker would have written it."""
    values = {"event": f"proef-{next(_numbers)}"} | fields
    return Notification.objects.create(
        person=person,
        kind=kind.name,
        item_type=type_of(item).name,
        item_uuid=item.uuid,
        **values,
    )
