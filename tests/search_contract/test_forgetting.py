"""What is narrowed or removed has no part any more in what those see who may not read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kpo.people import tokens
from search import generations, jobs, rows, upkeep
from search.engines.halves import OPEN_AUDIENCES
from search.engines.statistics import rarity
from search.models import Row, State
from search.records import SearchRecord
from search.stores import store
from search.weights import Weights
from tests.factories.search import indexed, question, record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_kept_in")]


def narrow(one: SearchRecord) -> None:
    rows.write(replace(one, audience=tokens.PUBLIC_SECTOR))
    upkeep.apply_changes()


def remove(one: SearchRecord) -> None:
    rows.erase(one.key)
    upkeep.apply_changes()


def rarity_of(word: str) -> float:
    engine = store().engine(generations.serving)
    (found,) = engine.ask(question(word), Weights()).idf.values()
    return found


@pytest.mark.parametrize("close", [narrow, remove])
def test_what_left_counts_nowhere_within_the_hour(close: Callable[[SearchRecord], None]) -> None:
    left = record("Een loods aan de dijk.")
    indexed(record("Een loods in de polder."), record("Een pand."), left)
    close(left)
    assert generations.state().left_open == 1

    jobs.forget_left.call()

    # Beside the pages that every site has.
    total = Row.objects.records().filter(audience__in=OPEN_AUDIENCES).count()
    assert rarity_of("loods") == pytest.approx(rarity(1, total))
    assert generations.state().left_open == 0


def test_what_stays_open_asks_for_no_new_index() -> None:
    one = record("Een loods aan de dijk.")
    indexed(one, record("Een pand.", audience=tokens.PUBLIC_SECTOR))
    before = generations.state().generation
    indexed(replace(one, title="Een andere naam", audience=tokens.ACCOUNTS))

    jobs.forget_left.call()

    assert generations.state().generation == before


def test_what_left_while_the_index_was_made_anew_is_not_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    indexed(record("Een pand."))
    really = upkeep._replay

    def meanwhile(*given: Any, **named: Any) -> None:
        State.objects.update(left_open=1)
        really(*given, **named)

    monkeypatch.setattr(upkeep, "_replay", meanwhile)
    upkeep.rebuild()

    assert generations.state().left_open == 1
