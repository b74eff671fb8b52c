"""Reads a file with people to invite: which columns it has, and what stands on each line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

MOST_BYTES = 1_000_000
MOST_LINES = 500
DELIMITERS = (";", ",", "\t")
# What people write above a column, and what it stands for here.
COLUMNS = {
    "email": ("e-mailadres", "e-mail", "email", "emailadres", "mail", "mailadres"),
    "first_name": ("voornaam", "voornamen", "first name"),
    "last_name": ("achternaam", "naam", "last name"),
    "organisation_name": ("organisatie", "organisation", "werkgever"),
}
TOO_BIG = "Het bestand is groter dan 1 MB. Splits het in kleinere bestanden."
TOO_LONG = f"Het bestand heeft meer dan {MOST_LINES} regels. Splits het in kleinere bestanden."
NO_COLUMN = (
    "Zet boven de kolommen wat erin staat: e-mailadres, voornaam en achternaam. "
    "De kolom e-mailadres vond ik niet."
)
EMPTY = "Er staan geen mensen in het bestand."
UNREADABLE = "Dit is geen CSV-bestand. Kies in je rekenblad ‘Opslaan als’ en dan CSV."
TWICE = "De kolom {} staat er twee keer."


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it was written; `number` is where it stands in the file, from 1."""

    number: int
    email: str
    first_name: str
    last_name: str
    organisation_name: str


def read(content: bytes) -> list[Row]:
    """The people in a file; raises ValidationError in Dutch for a file that cannot be read."""
    if len(content) > MOST_BYTES:
        raise ValidationError(TOO_BIG)
    text = decoded(content)
    try:
        return list(_rows(text))
    except csv.Error:
        raise ValidationError(UNREADABLE) from None


def decoded(content: bytes) -> str:
    """UTF-8, or what Windows saves; raises ValidationError for bytes that are no text."""
    if b"\x00" in content:
        raise ValidationError(UNREADABLE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise ValidationError(UNREADABLE) from None


def _rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    places: dict[str, int] = {}
    count = 0
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if not places:
            places = columns(cells)
            continue
        count += 1
        if count > MOST_LINES:
            raise ValidationError(TOO_LONG)
        yield Row(reader.line_num, **{name: _cell(cells, places, name) for name in COLUMNS})
    if not count:
        raise ValidationError(EMPTY)


def delimiter_of(text: str) -> str:
    """The one that cuts the first line in most pieces."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def columns(heads: Sequence[str]) -> dict[str, int]:
    """Where each column stands; raises ValidationError where the addresses are not to be found."""
    found: dict[str, int] = {}
    for place, head in enumerate(heads):
        name = next((n for n, words in COLUMNS.items() if head.strip().lower() in words), "")
        if name in found:
            raise ValidationError(TWICE.format(head.strip().lower()))
        if name:
            found[name] = place
    if "email" not in found:
        raise ValidationError(NO_COLUMN)
    return found


def _cell(cells: Sequence[str], places: dict[str, int], name: str) -> str:
    place = places.get(name)
    return cells[place].strip() if place is not None and place < len(cells) else ""
