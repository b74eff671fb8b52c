"""Who loses access has lost it at the next request, with the worker stopped."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.leaks.conftest import WHOLE
from tests.leaks.revoke.losses import LOSSES
from tests.leaks.revoke.mutants import MUTANTS
from tests.leaks.revoke.trial import undergo
from tests.leaks.world import World

pytestmark = [] if WHOLE else [pytest.mark.xdist_group("leaks")]


def test_revoke(
    world: World, engine: str, report: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = undergo(world, LOSSES, MUTANTS, monkeypatch)
    report(harness="REVOKE", engine=engine, **trial.counts)
    assert not trial.troubles, "\n".join(trial.troubles)
