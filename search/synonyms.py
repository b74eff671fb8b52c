"""The managed list of synonyms and abbreviations, as every process has it: never out of date."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from search import compounds
from search.expansion import NOTHING, Entry, Expansion
from search.models import Synonym, SynonymList


@dataclass(slots=True)
class _Known:
    """What this process read last, and of which version and which own words that was."""

    version: uuid.UUID | None = None
    learned: int = 0
    expansion: Expansion = NOTHING


_known = _Known()


def at(version: uuid.UUID | None) -> Expansion:
    """The list, read anew if it is not of this version, which `generations.snapshot` gives.

    The version is read before the list: what is read in between is at worst newer than its name,
    and read once more.
    """
    if (version, compounds.learned()) != (_known.version, _known.learned):
        _known.learned = compounds.learned()
        listed = Synonym.objects.active().order_by("pk")
        _known.expansion = expansion_of(listed) if version else NOTHING
        _known.version = version
    return _known.expansion


def current() -> Expansion:
    """The list as it stands now, for who has no snapshot of the index with its version."""
    return at(SynonymList.objects.filter(pk=1).values_list("version", flat=True).first())


def expansion_of(rows: Iterable[Synonym]) -> Expansion:
    """These lines, ready to be asked."""
    return Expansion(
        Entry(row.term, tuple(row.others), row.is_two_way, frozenset(row.themes)) for row in rows
    )


def lock() -> SynonymList:
    """Hold the list until the transaction ends, so that no two changes get the same version."""
    SynonymList.objects.get_or_create(pk=1)
    return SynonymList.objects.select_for_update().get(pk=1)


@transaction.atomic
def announce_change() -> None:
    """Let every process read the list anew from the end of this transaction on."""
    listed = lock()
    listed.version = uuid.uuid4()
    listed.save(update_fields=["version"])
