"""Everything held about one person, in words that person understands.

Left out is what others chose about the person, which is told to them alone: a declaration without
fields. Among few people the count of it alone says who.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from kpo.people import privacy
from kpo.people.models import User
from kpo.people.privacy import Declaration
from kpo.people.reader import Reader, reader_for

CLOSED = "niet (meer) voor jou te lezen"


@dataclass(frozen=True, slots=True)
class Held:
    """One line of the own-data page."""

    label: str
    fields: tuple[str, ...]
    reason: str
    kept: str
    count: int


def declared_for(person: User) -> list[Held]:
    """What is held about a person, per kind of data, most first; kinds without rows left out."""
    held = [
        Held(
            label=one.label,
            fields=tuple(one.fields.values()),
            reason=one.reason,
            kept=kept(one.keep_days),
            count=len(rows),
        )
        for one, rows in rows_about(person)
    ]
    return sorted((line for line in held if line.count), key=lambda line: line.label)


def rows_about(person: User) -> Iterator[tuple[Declaration, list[Any]]]:
    """Every declaration with its rows; a row that is found in two ways comes once."""
    seen: dict[tuple[str, tuple[str, ...]], set[Any]] = {}
    for one in (each for each in privacy.declarations() if each.fields):
        known = seen.setdefault((one.model, tuple(one.fields)), set())
        rows = [row for row in one.rows_told(person).order_by("pk") if row.pk not in known]
        known.update(row.pk for row in rows)
        yield one, rows


def kept(days: int | None) -> str:
    if days is None:
        return "zolang je een account hebt"
    if days % 365 == 0:
        return f"{days // 365} jaar"
    return f"{days} dagen"


def collect(person: User) -> dict[str, Any]:
    """All rows about a person as plain values: {"gemaakt_op": ..., "gegevens": {label: [rows]}}."""
    found: dict[str, list[dict[str, Any]]] = {}
    reader = reader_for(person)
    for one, rows in rows_about(person):
        if rows:
            found.setdefault(one.label, []).extend(as_words(one, row, reader) for row in rows)
    return {"gemaakt_op": timezone.now().isoformat(timespec="seconds"), "gegevens": found}


def as_words(one: Declaration, row: models.Model, reader: Reader) -> dict[str, Any]:
    return {words: plain(value_of(row, name), reader) for name, words in one.fields.items()}


def value_of(row: models.Model, name: str) -> Any:
    display = getattr(row, f"get_{name}_display", None)
    return display() if display else getattr(row, name)


def plain(value: Any, reader: Reader) -> Any:
    """A value JSON knows; rows of other tables as people call them."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, models.Manager):
        return [name_of(row, reader) for row in value.all()]
    if isinstance(value, list | tuple | set):
        return [plain(one, reader) for one in value]
    if isinstance(value, dict):
        return {str(key): plain(one, reader) for key, one in value.items()}
    return name_of(value, reader)


def name_of(value: Any, reader: Reader) -> str:
    """What something is called, unless it is closed to the person: having kept it opens nothing."""
    audience = getattr(value, "audience", None)
    is_readable = audience is None or (reader.holds(audience) and getattr(value, "live", True))
    return str(value) if is_readable else CLOSED
