"""Which models can be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Source:
    type: str
    label: str
    model: Any
    to_record: Callable[[Any], Any]
    visible_to: Callable[[Any], Any]
    depends: tuple[Any, ...] = ()


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.type] = source
