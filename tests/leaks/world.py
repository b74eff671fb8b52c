"""The data set as the harnesses know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kpo.people.models import Circle, User
from tests.leaks.ledger import Ledger
from tests.leaks.personas import Persona


@dataclass
class World:
    """The data set, the ledger, and what routes need to be filled in with.

    `keys` are secrets that came by mail, each with the tokens it opens for whoever has it.
    """

    ledger: Ledger
    personas: dict[str, Persona]
    circle: Circle
    pages: list[Any] = field(default_factory=list)
    documents: list[Any] = field(default_factory=list)
    images: list[Any] = field(default_factory=list)
    keys: dict[str, set[str]] = field(default_factory=dict)

    def person(self, name: str) -> User:
        person = self.personas[name].person
        assert person is not None
        return person
