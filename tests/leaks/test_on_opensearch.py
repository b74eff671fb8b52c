"""The doors that ask the engine, on OpenSearch; `make leaks ENGINE=opensearch` asks all doors."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.leaks.engines import OPENSEARCH, param
from tests.leaks.revoke.losses import LOSSES
from tests.leaks.revoke.mutants import MUTANTS
from tests.leaks.revoke.trial import undergo
from tests.leaks.rounds import Round, ask_for_words, counts, troubles, untold, walk_routes
from tests.leaks.routes import all_routes
from tests.leaks.walk import Walk
from tests.leaks.world import World

# How many words each persona asks for.
WORDS = 4
DOORS = ("hit", "hit_in_file", "facet", "correction", "alike", "inside")
MUTANT = "withheld keys ignored"
Report = Callable[..., None]
# One node for all: its tests run one after the other, on one worker.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("opensearch")]


@pytest.fixture(scope="module", params=[param(OPENSEARCH)])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_routes_of_search(
    world: World,
    engine: str,
    dice: random.Random,
    report: Report,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Those for visitors and those in the CMS, and words that only some may find."""
    every = all_routes()
    routes = [route for route in every if route.name.startswith("search")]
    round_ = Round(Walk(world))
    walk_routes(round_, routes, dice)
    for persona in world.personas.values():
        ask_for_words(round_.walk, persona, dice.sample(world.ledger.words, WORDS))
    found = [*troubles(round_.walk, caplog), *untold(round_, routes)]
    whole = len(every) * len(world.personas)
    report(harness="CANARY", engine=engine, **counts(round_, routes), asked=round_.asked, of=whole)
    assert not found, "\n".join(found)


def test_revoke_in_search(
    world: World, engine: str, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every loss, at the doors that ask the engine."""
    doors = {loss.name: tuple(door for door in DOORS if door in loss.doors) for loss in LOSSES}
    losses = [replace(loss, doors=doors[loss.name]) for loss in LOSSES if doors[loss.name]]
    mutants = [mutant for mutant in MUTANTS if mutant.name == MUTANT]
    trial = undergo(world, losses, mutants, monkeypatch)
    whole = sum(len(loss.doors) for loss in LOSSES)
    asked = trial.counts["actions"]
    report(harness="REVOKE", engine=engine, **trial.counts, asked=asked, of=whole)
    assert not trial.troubles, "\n".join(trial.troubles)
