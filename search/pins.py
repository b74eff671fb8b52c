"""The pins as every process has them: never out of date, and without asking the database."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from search.pinned import Pin, PinList, name_asked
from search.sources import all_sources
from search.versioned_list import VersionedList


@dataclass(frozen=True, slots=True)
class Line:
    """The pages of one pin, by random id, and the last day on which it works."""

    pages: tuple[uuid.UUID, ...]
    until: dt.date | None


def keys_for(name: str, version: uuid.UUID | None, today: dt.date) -> list[str]:
    """The keys that are pinned for this question, in the editors' order.

    `version` is what `generations.snapshot` gives. A page goes under one type, so of the keys made
    for it one exists; which of the pages a reader may read is asked of the rows.
    """
    lines = _pins.at(version).get(name, ()) if name else ()
    types = list(dict.fromkeys(source.type for source in all_sources()))
    pages = [page for line in lines if is_current(line, today) for page in line.pages]
    return [f"{type_}:{page}" for page in dict.fromkeys(pages) for type_ in types]


def is_current(line: Line, today: dt.date) -> bool:
    return line.until is None or today <= line.until


def _read() -> dict[str, list[Line]]:
    """The pins by question, as titles are compared."""
    found: dict[str, list[Line]] = defaultdict(list)
    for pin in Pin.objects.order_by("pk"):
        for name in dict.fromkeys(map(name_asked, pin.questions)):
            found[name].append(Line(tuple(pin.pages), pin.until))
    return dict(found)


_pins: VersionedList[dict[str, list[Line]]] = VersionedList(_read, {})
announce_change = PinList.announce_change
