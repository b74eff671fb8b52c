"""Keeping rows and index true to the things themselves: the verbs that sources are wired to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Manager, Model

from search import rows
from search.jobs import index_changes
from search.models import Row
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
        changed = [
            _rewrite(source, key, fresh.get(pk), is_own_edit=is_own_edit)
            for key, pk in keys.items()
        ]
        if any(changed):
            defer()


def remove(key: str) -> None:
    """Forget a thing: out of every answer at once, out of the index by a job."""
    with transaction.atomic():
        rows.lock([key])
        if rows.erase(key).is_changed:
            defer()


def defer() -> None:
    """Let the job loop bring the index up to date after this transaction."""
    index_changes.enqueue()


def _rewrite(source: Source, key: str, obj: Any, *, is_own_edit: bool) -> bool:
    record = source.to_record(obj) if obj is not None else None
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
