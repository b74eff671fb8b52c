"""No door gives anybody a text that is not theirs to read."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.leaks.conftest import WHOLE
from tests.leaks.mails import mail_everybody
from tests.leaks.mutants import MUTANTS
from tests.leaks.rounds import Round, counts, troubles, untold, walk_pages, walk_routes
from tests.leaks.routes import all_routes
from tests.leaks.walk import Walk
from tests.leaks.world import World

# In how many parts the routes and the personas are gone through, so that workers can share.
PARTS = 4 if WHOLE else 1
Report = Callable[..., None]
# The sample is small enough for one worker, which then makes the data set once.
pytestmark = [] if WHOLE else [pytest.mark.xdist_group("leaks")]


@pytest.mark.parametrize("part", range(PARTS))
def test_routes(
    part: int,
    world: World,
    engine: str,
    dice: random.Random,
    report: Report,
    caplog: pytest.LogCaptureFixture,
) -> None:
    routes = all_routes()[part::PARTS]
    round_ = Round(Walk(world))
    walk_routes(round_, routes, dice)
    found = troubles(round_.walk, caplog)
    told = counts(round_, routes)
    whole = len(routes) * len(world.personas)
    report(harness="CANARY", engine=engine, **told, asked=round_.asked, of=whole)
    found += untold(round_, routes)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("part", range(PARTS))
def test_pages(
    part: int,
    world: World,
    engine: str,
    dice: random.Random,
    report: Report,
    caplog: pytest.LogCaptureFixture,
) -> None:
    walk = Walk(world)
    walk_pages(walk, list(world.personas.values())[part::PARTS], dice)
    found = troubles(walk, caplog)
    report(harness="CANARY", engine=engine, requests=walk.requests, leaks=len(walk.leaks))
    assert not found, "\n".join(found)


def test_mails(world: World, engine: str, report: Report) -> None:
    walk = Walk(world)
    mails = mail_everybody(walk)
    report(harness="CANARY", engine=engine, requests=mails, leaks=len(walk.leaks))
    assert not walk.leaks, "\n".join(map(str, walk.leaks))
    # A digest for who has an account that works, and more than one line at once.
    assert mails > len(world.personas)


def test_mutants(
    world: World, engine: str, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught = [mutant.name for mutant in MUTANTS if mutant.is_caught(world, monkeypatch)]
    report(harness="CANARY", engine=engine, caught=len(caught), mutants=len(MUTANTS))
    assert caught == [mutant.name for mutant in MUTANTS]
