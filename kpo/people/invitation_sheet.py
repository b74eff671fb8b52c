"""The lines that did not work, as a CSV to repair and hand in again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kpo.audit.sheet import written
from kpo.people.models import InvitationLine

HEAD = ("e-mailadres", "voornaam", "achternaam", "organisatie", "regel", "wat er mis is")


def lines(rows: Iterable[InvitationLine]) -> Iterator[str]:
    """Line by line, first a mark that it is UTF-8. The columns are those of a file to hand in."""
    return written(HEAD, map(_cells, rows))


def _cells(row: InvitationLine) -> tuple[str, ...]:
    named = (row.email, row.first_name, row.last_name, row.organisation_name)
    return (*named, str(row.number), row.told)
