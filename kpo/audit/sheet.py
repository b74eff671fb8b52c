"""Entries as lines of a sheet, in which no cell starts a formula."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone

from kpo.audit.models import Entry

HEAD = (
    "moment",
    "handeling",
    "handeling in woorden",
    "uitkomst",
    "wie",
    "kenmerk van wie",
    "soort",
    "soort in woorden",
    "onderwerp",
    "kenmerk van onderwerp",
    "weg",
    "herkomst",
    "netwerk",
    "bijzonderheden",
)
# What a spreadsheet program may take for the start of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Echo:
    """Hands back what is written to it, so that lines can be sent as they are made."""

    def write(self, line: str) -> str:
        return line


def harmless(value: str) -> str:
    """The text, with an apostrophe in front if a spreadsheet could take it for a formula."""
    return f"'{value}" if value.lstrip(" ").startswith(FORMULA_STARTS) else value


def written(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Any sheet as CSV, line by line, first a mark that it is UTF-8."""
    writer = csv.writer(Echo(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff"
    yield writer.writerow(head)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def lines(entries: Iterable[Entry]) -> Iterator[str]:
    return written(HEAD, map(cells, entries))


def cells(entry: Entry) -> list[str]:
    return [
        timezone.localtime(entry.at).isoformat(timespec="seconds"),
        entry.action,
        entry.phrase,
        entry.get_outcome_display(),
        entry.actor_label,
        str(entry.actor_id or ""),
        entry.object_type,
        entry.object_kind,
        entry.object_label,
        entry.object_id,
        entry.get_via_display(),
        entry.origin,
        entry.address,
        json.dumps(entry.details, ensure_ascii=False) if entry.details else "",
    ]
