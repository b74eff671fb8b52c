"""The lines that did not work, as a CSV to repair and hand in again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from kpo.audit.sheet import Echo, harmless
from kpo.people.models import InvitationLine

HEAD = ("e-mailadres", "voornaam", "achternaam", "organisatie", "regel", "wat er mis is")


def lines(rows: Iterable[InvitationLine]) -> Iterator[str]:
    """Line by line, first a mark that it is UTF-8. The columns are those of a file to hand in."""
    writer = csv.writer(Echo(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff"
    yield writer.writerow(HEAD)
    for row in rows:
        cells = (row.email, row.first_name, row.last_name, row.organisation_name)
        yield writer.writerow([*map(harmless, cells), row.number, row.told])
