"""Which token stands for what, and who may read it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from kpo.people import tokens
from kpo.people.roles import Role
from tests.leaks.personas import Persona, ReadBy

SEED = 20261122
PREFIX = "kanarie"
# No figures: twelve of them now and then make a citizen service number. No vowels: no words.
LETTERS = "bcdfghjklmnpqrstvwxz"
LENGTH = 12
# Row numbers begin here in the data set, so that they can be told from other figures.
FIRST_NUMBER = 731900000


@dataclass
class Ledger:
    """Each token with what it stands for and the predicate on who may read it."""

    rules: dict[str, tuple[str, ReadBy]] = field(default_factory=dict)
    # The same tokens in every run.
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))

    def token(self, what: str, read_by: ReadBy) -> str:
        token = PREFIX + "".join(self.dice.choices(LETTERS, k=LENGTH))
        self.note(token, what, read_by)
        return token

    def note(self, token: str, what: str, read_by: ReadBy) -> None:
        """Count as a token what stands in the data set already, such as a row number."""
        self.rules[token] = (what, read_by)

    def may_read(self, token: str, persona: Persona) -> bool:
        return token not in self.rules or self.rules[token][1](persona)

    def what(self, token: str) -> str:
        return self.rules[token][0]

    @property
    def words(self) -> list[str]:
        return [token for token in self.rules if token.startswith(PREFIX)]


def published(audience: str) -> ReadBy:
    return lambda persona: persona.may_read(audience)


def in_cms(audience: str) -> ReadBy:
    """Drafts and revisions: who has the pages of the CMS and holds the audience."""
    return lambda persona: (
        persona.may_read(audience) and persona.has_role(Role.EDITOR, Role.ADMINISTRATOR)
    )


def by_roles(*roles: Role) -> ReadBy:
    return lambda persona: persona.has_role(*roles)


def own(*names: str) -> ReadBy:
    return lambda persona: persona.name in names


def either(*rules: ReadBy) -> ReadBy:
    return lambda persona: any(rule(persona) for rule in rules)


accounts = published(tokens.ACCOUNTS)
administrators = by_roles(Role.ADMINISTRATOR)
editors = by_roles(Role.EDITOR, Role.ADMINISTRATOR)
in_cms_at_all = by_roles(
    Role.EDITOR,
    Role.BOARD_MEMBER,
    Role.BOARD_CHAIR,
    Role.AMBASSADOR,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
