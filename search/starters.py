"""The starter list: public words of the field, added once and from then on the editors' own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from search.models import Synonym

_PATH = Path(__file__).with_name("starter_synonyms.txt")
_TIES = {"=": True, ">": False}


def starters() -> Iterator[Synonym]:
    """The lines of the file as unsaved rows. Raises ValueError for a line without a tie."""
    kind = Synonym.Kind.SYNONYM
    for line in _PATH.read_text("utf-8").splitlines():
        if line.startswith("["):
            kind = Synonym.Kind(line.strip("[]"))
        elif line and not line.startswith("#"):
            yield _row(kind, line)


def _row(kind: Synonym.Kind, line: str) -> Synonym:
    tie = next((tie for tie in _TIES if f" {tie} " in line), None)
    if tie is None:
        raise ValueError(f"No = or > in {line!r}.")
    term, _, others = line.partition(f" {tie} ")
    return Synonym(kind=kind, term=term, others=others.split(", "), is_two_way=_TIES[tie])
