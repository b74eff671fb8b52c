"""Which models can be found: each app registers its own in `<app>/search_sources.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.dispatch import Signal

from kpo.items import ItemType
from kpo.people.reader import Reader
from search.records import SearchRecord

# Inside `Source`, where `type` is a field, the builtin needs another name.
ModelClass = type[Model]


@dataclass(frozen=True)
class Dependency:
    """A change elsewhere that changes records.

    `on` is a model (saved or deleted), the `through` model of a many-to-many field, or a signal.
    `affected` gets the instance of a model, the instance whose relation changed, or the signal's
    arguments as a dict, and gives the source objects to read again.
    """

    on: ModelClass | Signal
    affected: Callable[[Any], Iterable[Model]]


@dataclass(frozen=True)
class Source:
    """One findable model of an item type, whose `visible_to` opens the rows of a reader.

    `to_record` gives None for what is not to be found.
    """

    item_type: ItemType
    model: ModelClass
    to_record: Callable[[Any], SearchRecord | None]
    depends: tuple[Dependency, ...] = ()

    @property
    def type(self) -> str:
        return self.item_type.name

    @property
    def label(self) -> str:
        return self.item_type.label

    def visible_to(self, reader: Reader) -> QuerySet[Any]:
        return self.item_type.visible_to(reader)

    def key_of(self, obj: Any) -> str:
        return f"{self.type}:{obj.uuid}"


_sources: dict[tuple[str, ModelClass], Source] = {}
_listeners: list[Callable[[Source], None]] = []


def register(source: Source) -> None:
    """Make a model findable from now on."""
    _sources[source.type, source.model] = source
    for listener in _listeners:
        listener(source)


def on_register(listener: Callable[[Source], None]) -> None:
    """Call `listener` with every source, those already registered included."""
    _listeners.append(listener)
    for source in _sources.values():
        listener(source)


def source_of(type_: str) -> Source | None:
    """Any of the sources of a type: they all share what opens them."""
    return next((source for source in _sources.values() if source.type == type_), None)


def all_sources() -> tuple[Source, ...]:
    return tuple(_sources.values())


def sources_for(obj: Model) -> list[Source]:
    """The sources under which this very object is found."""
    return [source for source in _sources.values() if type(obj) is source.model]
