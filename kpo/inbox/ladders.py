"""Reminding people of a date in steps, before it, on it and after it: each step is told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kpo.inbox.kinds import Kind
from kpo.inbox.telling import tell


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps towards a date, in the order of their days, as (code, days after the date).

    A step lasts until the next one: who was away is told what fits today, and not what would have
    fitted before.
    """

    kind: Kind
    steps: Sequence[tuple[str, int]]

    @property
    def codes(self) -> list[str]:
        return [code for code, _ in self.steps]

    def dates_at(self, code: str, today: date) -> date:
        """The last date that has come to this step today; earlier ones have too."""
        return today - timedelta(days=dict(self.steps)[code])

    def dates_begun(self, today: date) -> date:
        """The last date of which there is something to tell today."""
        return self.dates_at(self.codes[0], today)

    def step_on(self, today: date, due_on: date) -> str:
        """The step that fits today; empty before the first."""
        reached = [code for code in self.codes if due_on <= self.dates_at(code, today)]
        return reached[-1] if reached else ""

    def since(self, code: str) -> list[str]:
        """This step and those that come after it."""
        return self.codes[self.codes.index(code) :]

    def tell(self, item: Any, due_on: date, code: str) -> None:
        """Remind of this step; telling it again tells nobody twice."""
        event = f"{item.uuid}:{due_on.isoformat()}:{code}"
        tell(self.kind, item, event=event, facts={"outcome": code}, due_on=due_on)
