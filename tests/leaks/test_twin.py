"""What an outsider gets is the same, to the letter, whatever is closed to that outsider."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction

from kpo.people import tokens
from search import dutch, generations, insight, ranking
from tests.leaks.conftest import WHOLE
from tests.leaks.twin import asking
from tests.leaks.twin.mutants import MUTANTS
from tests.leaks.twin.site import EVERY_LEVEL, OPEN_LEVELS, Twin, build

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Report = Callable[..., None]
Transcript = asking.Transcript
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
# Of which share of the requests the sample is made.
EVERY = 1 if WHOLE else 40
PAIRS = 1_000 if WHOLE else 12
ROUNDS = 5 if WHOLE else 2
HELD = 200 if WHOLE else 8
OUTSIDERS = ("anonymous", "partner")
# Who reads part of what only one of two sites has, and those two.
HOLDERS = (
    ("official", (*OPEN_LEVELS, tokens.PUBLIC_SECTOR), EVERY_LEVEL),
    ("anonymous", (tokens.PUBLIC,), OPEN_LEVELS),
)


@contextmanager
def twin_with(levels: tuple[str, ...], patch: pytest.MonkeyPatch) -> Iterator[Twin]:
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


def told(levels: tuple[str, ...], patch: pytest.MonkeyPatch) -> dict[str, Transcript]:
    """Everything that outsiders are told on a site, and what holes would tell them."""
    with twin_with(levels, patch) as twin:
        asked = [*asking.addresses(twin), *asking.searches(), *asking.suggestions()]
        asked = [*asked[::EVERY], *asking.two_word_searches(PAIRS)]
        found = {}
        for name in OUTSIDERS:
            found[name] = asking.transcript(asking.client_of(twin, name), asked)
        client = asking.client_of(twin, "partner")
        theme = twin.themes[tokens.PUBLIC][0].uuid
        for mutant in MUTANTS:
            found[mutant.name] = mutant.transcript(client, patch, theme=theme)
        return found


def differences(one: Transcript, other: Transcript) -> list[str]:
    assert one.keys() == other.keys()
    return [address for address in one if one[address] != other[address]]


def test_an_outsider_notices_nothing_closed(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = told(OPEN_LEVELS, monkeypatch)
    with_closed = told(EVERY_LEVEL, monkeypatch)
    found = [
        f"{name} {address}"
        for name in OUTSIDERS
        for address in differences(without[name], with_closed[name])
    ]
    caught = [one.name for one in MUTANTS if differences(without[one.name], with_closed[one.name])]
    report(
        harness="TWIN",
        requests=sum(len(without[name]) for name in OUTSIDERS),
        differences=len(found),
        caught=len(caught),
        mutants=len(MUTANTS),
    )
    assert not found, "\n".join(found[:40])
    assert caught == [one.name for one in MUTANTS]


@pytest.mark.parametrize(("name", "narrow", "wide"), HOLDERS if WHOLE else HOLDERS[:1])
def test_who_holds_some_of_it_finds_the_same(
    name: str,
    narrow: tuple[str, ...],
    wide: tuple[str, ...],
    report: Report,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same hits, numbers and snippets; the order may be another."""
    texts = asking.questions_asked(HELD)
    found = []
    for levels in (narrow, wide):
        with twin_with(levels, monkeypatch) as twin:
            found.append(asking.found_by(twin, name, texts))
    astray = differences(*found)
    report(harness="TWIN", requests=len(texts), differences=len(astray), caught=0, mutants=0)
    assert not astray, "\n".join(
        f"{text}: {found[0][text]}\n{found[1][text]}" for text in astray[:4]
    )
