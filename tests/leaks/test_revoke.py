"""Who loses access has lost it at the next request, with the worker stopped."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.leaks.revoke.losses import LOSSES
from tests.leaks.revoke.mutants import MUTANTS
from tests.leaks.revoke.scene import set_scene
from tests.leaks.revoke.suffering import suffer
from tests.leaks.world import World


def test_revoke(world: World, report: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    scene = set_scene(world)
    outcomes = {loss.name: suffer(scene, loss) for loss in LOSSES}
    caught = [mutant.name for mutant in MUTANTS if mutant.is_caught(scene, monkeypatch)]
    never_open = {name: one.shut_before for name, one in outcomes.items() if one.shut_before}
    survivors = {name: one.survivors for name, one in outcomes.items() if one.survivors}
    report(
        harness="REVOKE",
        actions=sum(len(loss.doors) for loss in LOSSES),
        survivors=sum(map(len, survivors.values())),
        caught=len(caught),
        mutants=len(MUTANTS),
    )
    assert not survivors, "Doors that stayed open: " + str(survivors)
    assert not never_open, "Doors that prove nothing, since they never opened"
    assert caught == [mutant.name for mutant in MUTANTS]
