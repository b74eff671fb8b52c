"""Connects every registered source to the changes that concern it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import Signal

from search import indexing
from search.sources import Dependency, Source, on_register

_AFTER = {"post_add", "post_remove", "post_clear"}


def connect() -> None:
    """Called once, when the app is ready; sources that register later are connected then."""
    on_register(connect_source)


def connect_source(source: Source) -> None:
    name = f"search:{source.type}:{source.model._meta.label}"

    def saved(sender: Any, instance: Model, raw: bool = False, **kwargs: Any) -> None:
        if not raw and not _is_silent(kwargs.get("update_fields")):
            indexing.refresh_all(source, [instance])

    def deleted(sender: Any, instance: Model, **kwargs: Any) -> None:
        indexing.remove(source.key_of(instance))

    post_save.connect(saved, source.model, weak=False, dispatch_uid=f"{name}:save")
    post_delete.connect(deleted, source.model, weak=False, dispatch_uid=f"{name}:delete")
    for field in source.model._meta.many_to_many:
        if through := field.remote_field.through:
            _connect_relation(source, through, f"{name}:{field.name}")
    for number, dependency in enumerate(source.depends):
        _connect_dependency(source, dependency, f"{name}:{number}")


def _is_silent(fields: frozenset[str] | None) -> bool:
    """Signing in saves a moment that nobody is found by."""
    return fields is not None and set(fields) <= {"last_login"}


def _connect_relation(source: Source, through: type[Model], uid: str) -> None:
    def changed(sender: Any, instance: Model, action: str, reverse: bool, **kw: Any) -> None:
        if action in _AFTER and not reverse and isinstance(instance, source.model):
            indexing.refresh_all(source, [instance])

    m2m_changed.connect(changed, through, weak=False, dispatch_uid=uid)


def _connect_dependency(source: Source, dependency: Dependency, uid: str) -> None:
    refresh = _refresher(source, dependency)
    if isinstance(dependency.on, Signal):
        dependency.on.connect(
            lambda sender=None, **kwargs: refresh(kwargs), weak=False, dispatch_uid=uid
        )
        return

    def changed(sender: Any, instance: Model, raw: bool = False, **kwargs: Any) -> None:
        if not raw:
            refresh(instance)

    about_to_lose: dict[Any, list[Model]] = {}

    def leaving(sender: Any, instance: Model, **kwargs: Any) -> None:
        # Afterwards no row says any more what it was tied to.
        about_to_lose[instance.pk] = list(dependency.affected(instance))

    def left(sender: Any, instance: Model, **kwargs: Any) -> None:
        affected = about_to_lose.pop(instance.pk, [])
        rows = [obj for obj in affected if isinstance(obj, source.model)]
        indexing.refresh_all(source, rows, is_own_edit=False)

    post_save.connect(changed, dependency.on, weak=False, dispatch_uid=f"{uid}:save")
    pre_delete.connect(leaving, dependency.on, weak=False, dispatch_uid=f"{uid}:leaving")
    post_delete.connect(left, dependency.on, weak=False, dispatch_uid=f"{uid}:left")


def _refresher(source: Source, dependency: Dependency) -> Callable[[Any], None]:
    def refresh(cause: Any) -> None:
        affected = [obj for obj in dependency.affected(cause) if isinstance(obj, source.model)]
        indexing.refresh_all(source, affected, is_own_edit=False)

    return refresh
