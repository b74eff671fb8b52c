"""Whether the index holds what the table holds: keys, versions and audiences, both ways.

Where it does not, the table is right, and what differs is written again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from search import generations, rows
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

    @property
    def settled(self) -> Comparison:
        """Without what is on its way to the index."""
        return Comparison(self.records, tuple(d for d in self.differences if not d.is_waiting))


def compare() -> Comparison:
    """Raises IndexLostError if there is no index of this database."""
    index: dict[str, tuple[int, str]] = {}
    doubled: list[Difference] = []
    for key, version, audience in generations.serving().known():
        if key in index:
            doubled.append(Difference(key, None, (version, audience), is_waiting=False))
        index[key] = (version, audience)
    records = Row.objects.records().values_list("key", "version", "audience").iterator()
    table = {key: (version, audience) for key, version, audience in records}
    waiting = set(Change.objects.values_list("key", flat=True))
    differing = sorted(
        key for key in table.keys() | index.keys() if table.get(key) != index.get(key)
    )
    found = [Difference(k, table.get(k), index.get(k), is_waiting=k in waiting) for k in differing]
    return Comparison(len(table), tuple(doubled + found))


def compare_twice() -> Comparison:
    """For who looks while the writer works: what changed between two looks is no difference."""
    first = compare()
    if not first.differences:
        return first
    again = compare()
    lasting = tuple(one for one in again.differences if one in first.differences)
    return Comparison(again.records, lasting)


@transaction.atomic
def write_again(differences: Iterable[Difference]) -> None:
    """Put these keys on the list of changes; what the index has wrong is withheld until then."""
    wrong: dict[str, bool] = {}
    for one in differences:
        wrong[one.key] = wrong.get(one.key, False) or one.index is not None
    rows.lock(wrong)
    for key, is_shown in wrong.items():
        rows.renew(key, is_withheld=is_shown)


def note(found: Comparison) -> None:
    """Keep for the operations page what a comparison came to."""
    generations.state()
    State.objects.filter(pk=1).update(checked_at=timezone.now(), differences=len(found.differences))
