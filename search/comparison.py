"""Whether the index holds what the table holds: keys, versions and audiences, both ways."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from search import generations
from search.models import Change, Row, State


@dataclass(frozen=True, slots=True)
class Difference:
    """One key on which the two disagree, with what each of them has: version and audience."""

    key: str
    table: tuple[int, str] | None
    index: tuple[int, str] | None
    is_waiting: bool

    def __str__(self) -> str:
        waits = " (wacht op de taak die de index bijwerkt)" if self.is_waiting else ""
        if self.index is None:
            return f"{self.key}: staat in de tabel, niet in de index{waits}"
        if self.table is None:
            return f"{self.key}: staat in de index, niet meer in de tabel{waits}"
        if self.table[1] != self.index[1]:
            audiences = f"{self.table[1]} in de tabel, {self.index[1]} in de index"
            return f"{self.key}: doelgroep {audiences}{waits}"
        return f"{self.key}: versie {self.table[0]} in de tabel, {self.index[0]} in de index{waits}"


@dataclass(frozen=True, slots=True)
class Comparison:
    records: int
    differences: tuple[Difference, ...]


def compare() -> Comparison:
    """Raises EngineUnavailableError if there is no index of this database."""
    index: dict[str, tuple[int, str]] = {}
    doubled: list[Difference] = []
    for key, version, audience in generations.serving().known():
        if key in index:
            doubled.append(Difference(key, None, (version, audience), is_waiting=False))
        index[key] = (version, audience)
    rows = Row.objects.records().values_list("key", "version", "audience").iterator()
    table = {key: (version, audience) for key, version, audience in rows}
    waiting = set(Change.objects.values_list("key", flat=True))
    differing = sorted(
        key for key in table.keys() | index.keys() if table.get(key) != index.get(key)
    )
    found = [Difference(k, table.get(k), index.get(k), is_waiting=k in waiting) for k in differing]
    return Comparison(len(table), tuple(doubled + found))


def note(found: Comparison) -> None:
    """Keep for the operations page what a comparison came to."""
    generations.state()
    State.objects.filter(pk=1).update(checked_at=timezone.now(), differences=len(found.differences))
