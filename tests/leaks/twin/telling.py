"""Each site made once, and everything that it is asked: by outsiders, by holders, through holes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction

from kpo.people import tokens
from search import dutch, generations, insight, ranking, upkeep
from tests.leaks.conftest import WHOLE
from tests.leaks.engines import searching
from tests.leaks.twin import asking
from tests.leaks.twin.asking import Transcript
from tests.leaks.twin.mutants import MUTANTS
from tests.leaks.twin.site import EVERY_LEVEL, OPEN_LEVELS, Twin, build

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
Levels = tuple[str, ...]
# Of which share of the requests the sample is made.
EVERY = 1 if WHOLE else 40
PAIRS = 1_000 if WHOLE else 12
ROUNDS = 5 if WHOLE else 2
HELD = 200 if WHOLE else 8
OUTSIDERS = ("anonymous", "partner")


@dataclass(frozen=True)
class Holder:
    """Who reads part of what only one of two sites has, and those two."""

    name: str
    narrow: Levels
    wide: Levels


HOLDERS = (
    Holder("official", (*OPEN_LEVELS, tokens.PUBLIC_SECTOR), EVERY_LEVEL),
    Holder("anonymous", (tokens.PUBLIC,), OPEN_LEVELS),
)[: None if WHOLE else 1]
SITES = dict.fromkeys(
    [OPEN_LEVELS, EVERY_LEVEL, *(levels for one in HOLDERS for levels in (one.narrow, one.wide))]
)


@dataclass(frozen=True)
class Told:
    """By name of who asked, or of a hole, what one site told with one engine."""

    outsiders: dict[str, Transcript]
    mutants: dict[str, Transcript]
    holders: dict[str, Transcript]


# By engine and site.
Stories = dict[tuple[str, Levels], Told]


def tell_all(
    engines: tuple[str, ...], request: pytest.FixtureRequest, patch: pytest.MonkeyPatch
) -> Stories:
    """Every site, asked with each of these engines; the first makes its index as sites do."""
    found: Stories = {}
    for levels in SITES:
        with searching(engines[0], request), _site(levels, patch) as twin:
            found[engines[0], levels] = _told(twin, levels, patch)
            for engine in engines[1:]:
                with searching(engine, request):
                    upkeep.rebuild()
                    found[engine, levels] = _told(twin, levels, patch)
    return found


@contextmanager
def _site(levels: Levels, patch: pytest.MonkeyPatch) -> Iterator[Twin]:
    """A site that is undone afterwards, with all that this process knows of it."""
    _forget()
    with time_machine.travel(NOW, tick=False), transaction.atomic():
        yield build(levels, ROUNDS, patch)
        transaction.set_rollback(True)
    _forget()


def _forget() -> None:
    generations.forget_open()
    dutch.learn(frozenset())
    ranking._known.clear()
    ranking._known_sections.clear()
    insight._counted.clear()
    insight._keys.clear()


def _told(twin: Twin, levels: Levels, patch: pytest.MonkeyPatch) -> Told:
    """Holes come last: some of them leave an index that was made by them."""
    is_compared = levels in (OPEN_LEVELS, EVERY_LEVEL)
    holders = {
        one.name: asking.found_by(twin, one.name, asking.questions_asked(HELD))
        for one in HOLDERS
        if levels in (one.narrow, one.wide)
    }
    outsiders = {name: _outsider(twin, name) for name in OUTSIDERS if is_compared}
    client = asking.client_of(twin, "partner")
    theme = twin.themes[tokens.PUBLIC][0].uuid
    mutants = {
        mutant.name: mutant.transcript(client, patch, theme=theme)
        for mutant in MUTANTS
        if is_compared
    }
    return Told(outsiders, mutants, holders)


def _outsider(twin: Twin, name: str) -> Transcript:
    asked = [*asking.addresses(twin), *asking.searches(), *asking.suggestions()]
    # Each asks a share of the questions of two words; all are about the same open half.
    pairs = asking.two_word_searches(PAIRS)[OUTSIDERS.index(name) :: len(OUTSIDERS)]
    asked = [*asked[::EVERY], *pairs]
    return asking.transcript(asking.client_of(twin, name), asked)


def differences(one: Transcript, other: Transcript) -> list[str]:
    assert one.keys() == other.keys()
    return [address for address in one if one[address] != other[address]]
