"""The managed list of synonyms and abbreviations, as every process has it: never out of date."""

from __future__ import annotations

from collections.abc import Iterable

from search.expansion import NOTHING, Entry, Expansion
from search.models import Synonym, SynonymList
from search.versioned_list import VersionedList


def current() -> Expansion:
    """The list as it stands now, for who has no snapshot of the index with its version."""
    return at(SynonymList.objects.filter(pk=1).values_list("version", flat=True).first())


def expansion_of(rows: Iterable[Synonym]) -> Expansion:
    """These lines, ready to be asked."""
    return Expansion(
        Entry(row.term, tuple(row.others), row.is_two_way, frozenset(row.themes)) for row in rows
    )


def _read() -> Expansion:
    return expansion_of(Synonym.objects.active().order_by("pk"))


at = VersionedList(_read, NOTHING).at
announce_change = SynonymList.announce_change
