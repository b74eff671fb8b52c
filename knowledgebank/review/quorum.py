"""Whether the votes suffice: a pure rule over who wrote, who approved, and what is asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Needs:
    """What a task of review asks for."""

    quorum: int = 2
    sectors: int = 1
    ambassador: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wrote or approved; keys of person and organisation, and the sector."""

    key: int
    organisation: int
    sector: str = ""
    is_board: bool = False
    is_ambassador: bool = False


def missing(needs: Needs, authors: Collection[Person], approving: Sequence[Person]) -> list[str]:
    """What is still needed, as sentences; nothing if the text is approved.

    The approval of who wrote along counts for nothing.
    """
    writing = {author.key for author in authors}
    counted = [person for person in approving if person.key not in writing]
    return [
        sentence
        for sentence in (
            _votes(needs.quorum, len({person.key for person in counted if person.is_board})),
            _sectors(needs.sectors, len({person.sector for person in counted})),
            _ambassador(needs, counted),
            _other_organisation(authors, counted),
        )
        if sentence
    ]


def _votes(needed: int, found: int) -> str:
    short = needed - found
    if short <= 0:
        return ""
    if short == 1:
        return "Nog 1 lid van de redactieraad moet het goed vinden."
    return f"Nog {short} leden van de redactieraad moeten het goed vinden."


def _sectors(needed: int, found: int) -> str:
    if found >= needed:
        return ""
    return f"Wie het goed vinden, komen uit {found} van de {needed} sectoren die nodig zijn."


def _ambassador(needs: Needs, counted: Sequence[Person]) -> str:
    if not needs.ambassador or any(person.is_ambassador for person in counted):
        return ""
    return "Een ambassadeur van het thema moet het nog goed vinden."


def _other_organisation(authors: Collection[Person], counted: Sequence[Person]) -> str:
    writing = {author.organisation for author in authors}
    if any(person.organisation not in writing for person in counted):
        return ""
    return "Iemand van een andere organisatie dan de schrijvers moet het nog goed vinden."
