"""All losses one after the other, and all holes made on purpose: what they came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from tests.leaks.revoke.losses import Loss
from tests.leaks.revoke.mutants import Mutant
from tests.leaks.revoke.scene import set_scene
from tests.leaks.revoke.suffering import suffer
from tests.leaks.world import World


@dataclass(frozen=True)
class Trial:
    """Numbers for the line at the end, and what there is to complain of."""

    counts: dict[str, int]
    troubles: list[str]


def undergo(
    world: World, losses: Sequence[Loss], mutants: Sequence[Mutant], patch: pytest.MonkeyPatch
) -> Trial:
    scene = set_scene(world)
    outcomes = {loss.name: suffer(scene, loss) for loss in losses}
    missed = [mutant.name for mutant in mutants if not mutant.is_caught(scene, patch)]
    survivors = {name: one.survivors for name, one in outcomes.items() if one.survivors}
    never_open = {name: one.shut_before for name, one in outcomes.items() if one.shut_before}
    told = (
        ("Doors that stayed open", survivors),
        ("Doors that prove nothing, since they never opened", never_open),
        ("Mutants that were not caught", missed),
    )
    return Trial(
        {
            "actions": sum(len(loss.doors) for loss in losses),
            "survivors": sum(map(len, survivors.values())),
            "caught": len(mutants) - len(missed),
            "mutants": len(mutants),
        },
        [f"{what}: {which}" for what, which in told if which],
    )
