"""Keeping rows and index true to the things themselves: the verbs that sources are wired to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Manager, Model

from search import links, rows
from search.jobs import index_changes, settle_links
from search.models import Row
from search.records import SearchRecord
from search.sources import Source, all_sources, sources_for


def refresh(obj: Model, *, is_own_edit: bool = True) -> None:
    """Write what the index must know of this object as it now stands in the database.

    Rows in this transaction; the index by a job that travels with it.
    """
    for source in sources_for(obj):
        refresh_all(source, [obj], is_own_edit=is_own_edit)


def refresh_all(source: Source, objects: Iterable[Any], *, is_own_edit: bool = True) -> None:
    """The same for objects of one source."""
    keys = {source.key_of(obj): obj.pk for obj in objects}
    if not keys:
        return
    with transaction.atomic():
        rows.lock(keys)
        fresh = _fresh(source, keys.values())
        records = {key: _record_of(source, fresh.get(pk)) for key, pk in keys.items()}
        changed = [_rewrite(key, records[key], is_own_edit=is_own_edit) for key in keys]
        if any(changed):
            defer()
        _settle_links({key: records[key] for key in keys})


def remove(key: str) -> None:
    """Forget a thing: out of every answer at once, out of the index by a job."""
    with transaction.atomic():
        rows.lock([key])
        if rows.erase(key).is_changed:
            defer()
        _settle_links({key: None})


def defer() -> None:
    """Let the job loop bring the index up to date after this transaction."""
    index_changes.enqueue()


def _settle_links(records: Mapping[str, SearchRecord | None]) -> None:
    """What leads to other pages changed with these records: at once where it closed, else soon."""
    for key, record in records.items():
        targets, is_closed = links.note(key, record)
        if targets and is_closed:
            if links.settle(targets):
                defer()
        elif targets:
            settle_links.enqueue(sorted(map(str, targets)))


def _record_of(source: Source, obj: Any) -> SearchRecord | None:
    return source.to_record(obj) if obj is not None else None


def _rewrite(key: str, record: SearchRecord | None, *, is_own_edit: bool) -> bool:
    if record is None:
        return rows.erase(key).is_changed
    return rows.write(record, is_own_edit=is_own_edit).is_changed


def _fresh(source: Source, ids: Iterable[Any]) -> dict[Any, Any]:
    manager: Manager[Any] = source.model._default_manager  # noqa: SLF001  documented by Django
    return manager.in_bulk([pk for pk in ids if pk is not None])


def refresh_everything() -> int:
    """Read every object of every source again; returns how many. For a first start and repair."""
    keys: set[str] = set()
    for source in all_sources():
        manager: Manager[Any] = source.model._default_manager  # noqa: SLF001  documented by Django
        for obj in manager.order_by("pk").iterator(chunk_size=200):
            refresh_all(source, [obj])
            keys.add(source.key_of(obj))
    for key in Row.objects.records().exclude(key__in=keys).values_list("key", flat=True):
        remove(key)
    return len(keys)
