"""Several lists on one screen, of which one is looked at: each with how much is in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kpo.people.reader import Reader


@dataclass(frozen=True, slots=True)
class ListKind:
    """One of the lists of a screen: its key in the address, its name, what an empty one says, and
    what of the rows is in it for whom."""

    key: str
    label: str
    empty: str
    chosen: Callable[[Any, Reader], Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list with how much is in it; `rows` only of the one that is looked at."""

    kind: ListKind
    total: int
    is_chosen: bool
    rows: Any


def listed(
    kinds: Sequence[ListKind],
    rows: Any,
    reader: Reader,
    *,
    chosen: str,
    shown: Callable[[Any], Any],
) -> list[Listed]:
    """Every list with its count, and the rows of the chosen one as `shown` makes them.

    Without a choice that of the first list that has something in it.
    """
    found = {kind: kind.chosen(rows, reader) for kind in kinds}
    totals = {kind: of_kind.count() for kind, of_kind in found.items()}
    named = [kind for kind in kinds if kind.key == chosen]
    open_one = next(iter([*named, *(kind for kind in kinds if totals[kind])]), kinds[0])
    return [
        Listed(kind, totals[kind], kind == open_one, shown(of_kind) if kind == open_one else [])
        for kind, of_kind in found.items()
    ]
