"""The pins as every process has them: never out of date, and without asking the database."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction

from search import compounds
from search.pinned import Pin, PinList, name_asked
from search.sources import all_sources


@dataclass(frozen=True, slots=True)
class Line:
    """The pages of one pin, by random id, and the last day on which it works."""

    pages: tuple[uuid.UUID, ...]
    until: dt.date | None


@dataclass(slots=True)
class _Known:
    """What this process read last, and of which version and which own words that was."""

    version: uuid.UUID | None = None
    learned: int = 0
    lines: dict[str, list[Line]] = field(default_factory=dict)


_known = _Known()


def keys_for(name: str, version: uuid.UUID | None, today: dt.date) -> list[str]:
    """The keys that are pinned for this question, in the editors' order.

    `version` is what `generations.snapshot` gives. A page goes under one type, so of the keys made
    for it one exists; which of the pages a reader may read is asked of the rows.
    """
    lines = _at(version).get(name, ()) if name else ()
    types = list(dict.fromkeys(source.type for source in all_sources()))
    pages = [page for line in lines if is_current(line, today) for page in line.pages]
    return [f"{type_}:{page}" for page in dict.fromkeys(pages) for type_ in types]


def is_current(line: Line, today: dt.date) -> bool:
    return line.until is None or today <= line.until


def _at(version: uuid.UUID | None) -> dict[str, list[Line]]:
    """By question; compared as titles are, which depends on how words are taken apart now."""
    if (version, compounds.learned()) != (_known.version, _known.learned):
        _known.learned = compounds.learned()
        _known.lines = _read() if version else {}
        _known.version = version
    return _known.lines


def _read() -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for pin in Pin.objects.order_by("pk"):
        for name in dict.fromkeys(map(name_asked, pin.questions)):
            found[name].append(Line(tuple(pin.pages), pin.until))
    return dict(found)


@transaction.atomic
def announce_change() -> None:
    """Let every process read the pins anew from the end of this transaction on."""
    PinList.objects.get_or_create(pk=1)
    listed = PinList.objects.select_for_update().get(pk=1)
    listed.version = uuid.uuid4()
    listed.save(update_fields=["version"])
