"""The steps of a ladder of reminders, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kpo.inbox.ladders import Ladder
from kpo.inbox.message_notices import WRITTEN

DAY = date(2026, 3, 1)
LADDER = Ladder(WRITTEN, (("before", -3), ("on", 0), ("after", 7)))
STEPS = ((-4, ""), (-3, "before"), (-1, "before"), (0, "on"), (6, "on"), (7, "after"))


@pytest.mark.parametrize(("days", "step"), STEPS)
def test_a_step_lasts_until_the_next_one(days: int, step: str) -> None:
    today = DAY + timedelta(days=days)
    assert LADDER.step_on(today, DAY) == step
    assert (LADDER.dates_begun(today) >= DAY) == bool(step)


def test_each_step_knows_those_after_it() -> None:
    assert LADDER.since("on") == ["on", "after"]
