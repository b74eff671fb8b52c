"""What can be read, by type: one list for search, the inbox and whoever points at any of it.

An app registers its types in `<app>/item_types.py`. Something that points at an item keeps the name
of its type and its random id, and comes by the item through `visible_to` only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Model, QuerySet

if TYPE_CHECKING:
    from kpo.people.models import User
    from kpo.people.reader import Reader


Rows = Callable[["Reader"], "QuerySet[Any]"]


@dataclass(frozen=True)
class Shown:
    """What a list says of an item to who may read it."""

    title: str
    url: str
    audience: str


@dataclass(frozen=True)
class ItemType:
    """One type of thing that can be read; its models have a unique field `uuid`.

    `visible_to` gives the rows of a reader, `readers` the people of a row: twins, which a test
    proves equal. `shown` takes a row of `door`: what a reader may read of this type and perhaps of
    others that are kept together. Types with the same door are asked for in one go, which counts
    on every page. `label` is the plural that people read.
    """

    name: str
    label: str
    models: tuple[type[Model], ...]
    visible_to: Rows
    readers: Callable[[Any], QuerySet[User]]
    shown: Callable[[Any], Shown]
    door: Rows

    def find(self, uuid: UUID | str) -> Any | None:
        """The row itself, whoever may read it; None if it is gone."""
        rows: Any = (model._default_manager for model in self.models)  # noqa: SLF001  by Django
        return next((row for one in rows for row in one.filter(uuid=uuid)), None)


_types: dict[str, ItemType] = {}


def by_door() -> dict[Rows, list[ItemType]]:
    """The types that are asked for together, by what opens them."""
    found: dict[Rows, list[ItemType]] = {}
    for one in _types.values():
        found.setdefault(one.door, []).append(one)
    return found


def register(item_type: ItemType) -> ItemType:
    """Make a type known; raises ValueError where its name is taken."""
    if item_type.name in _types:
        raise ValueError(f"There is an item type {item_type.name!r} already.")
    _types[item_type.name] = item_type
    return item_type


def type_named(name: str) -> ItemType | None:
    return _types.get(name)


def all_types() -> tuple[ItemType, ...]:
    return tuple(_types.values())


def type_of(obj: Model) -> ItemType:
    """The type of a row; raises LookupError for what nobody registered."""
    for one in _types.values():
        if type(obj) in one.models:
            return one
    raise LookupError(f"{obj._meta.label} is no registered type of item.")
