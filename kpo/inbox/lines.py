"""The lines of an inbox as one reader sees them now: items and words, in few queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kpo.inbox.kinds import Kind, kind_named
from kpo.inbox.models import Notification
from kpo.items import Shown, by_door
from kpo.people.reader import Reader

Key = tuple[str, UUID]
# The header says "99+" above this; nobody counts further, so the database need not either.
MOST_COUNTED = 99


@dataclass(frozen=True)
class Line:
    """One line: what it is about, what happened, and the row itself."""

    row: Notification
    kind: Kind
    item: Shown
    sentence: str


def lines_of(reader: Reader, rows: Sequence[Notification]) -> list[Line]:
    """In the order of `rows`, without what the reader may not read, or what no app tells now."""
    items = items_of(reader, ((row.item_type, row.item_uuid) for row in rows))
    kept = [row for row in rows if (row.item_type, row.item_uuid) in items and kind_named(row.kind)]
    sentences = _sentences(reader, kept)
    found = []
    for row in kept:
        kind = kind_named(row.kind)
        if kind is not None:
            item = items[row.item_type, row.item_uuid]
            found.append(Line(row, kind, item, sentences.get(row.pk, "")))
    return found


def items_of(reader: Reader, keys: Iterable[Key]) -> dict[Key, Shown]:
    """What the reader may read of these items, in one query per door."""
    wanted = set(keys)
    found: dict[Key, Shown] = {}
    for door, types in by_door().items():
        names = {one.name: one for one in types}
        uuids = {uuid for name, uuid in wanted if name in names}
        rows: dict[UUID, Any] = {}
        if uuids:
            rows = {row.uuid: row for row in door(reader).filter(uuid__in=uuids)}
        found |= {
            (name, uuid): names[name].shown(rows[uuid])
            for name, uuid in wanted
            if name in names and uuid in rows
        }
    return found


def _sentences(reader: Reader, rows: Iterable[Notification]) -> dict[int, str]:
    by_kind: dict[str, list[Notification]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    found: dict[int, str] = {}
    for name, told in by_kind.items():
        kind = kind_named(name)
        if kind is not None:
            found |= kind.sentences(reader, told)
    return found


def unread_count(reader: Reader) -> int:
    """How many lines are new, of those the reader may see; no more than one above MOST_COUNTED."""
    if reader.person is None:
        return 0
    unread = Notification.objects.visible_to(reader).unread().order_by()
    return unread[: MOST_COUNTED + 1].count()
