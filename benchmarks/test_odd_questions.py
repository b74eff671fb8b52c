"""20,000 odd questions to the page, to suggestions and to both engines: no error, and no delay.

KPO_BENCH_STRINGS asks fewer.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterable

import pytest
from django.db import connection
from django.test import Client

from knowledgebank import load_parts
from kpo.load_model import Load
from kpo.people import tokens
from search import upkeep
from search.stores import store
from tests.odd_questions import odd_questions

STRINGS = int(os.environ.get("KPO_BENCH_STRINGS", "20000"))
DOCUMENTS, ORDINARY = 200, 400
GOAL = 3.0

ENGINES = ["tantivy", pytest.param("opensearch", marks=pytest.mark.opensearch)]


@pytest.fixture(params=ENGINES)
def load(request: pytest.FixtureRequest, db: None) -> Load:
    """A site of a thousand passages or so, on this engine."""
    if request.param == "opensearch":
        request.getfixturevalue("on_opensearch")
    made = Load.of("M", 20261122)
    themes = load_parts.themes(made)
    list(load_parts.documents(made, DOCUMENTS, themes, revisions=1, audiences=[tokens.PUBLIC]))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    upkeep.rebuild()
    return made


def test_odd_questions_are_answered_in_time(
    load: Load, client: Client, figure: Callable[[str], None]
) -> None:
    ordinary = [load.question("medium") for _ in range(ORDINARY)]
    odd = list(odd_questions(STRINGS))
    for path in ("/zoeken/", "/zoeken/suggesties/"):
        timed(client, path, ordinary[:50])
        normal, strange = timed(client, path, ordinary), timed(client, path, odd)
        figure(
            f"{store().name}, {path}, {len(odd)} odd questions: p99 {p99(strange):.0f} ms against "
            f"{p99(normal):.0f} ms of ordinary ones, {p99(strange) / p99(normal):.2f} (goal below "
            f"{GOAL}); median {statistics.median(strange):.0f} against "
            f"{statistics.median(normal):.0f} ms, slowest {max(strange):.0f} ms"
        )
        assert p99(strange) < GOAL * p99(normal)


def timed(client: Client, path: str, questions: Iterable[str]) -> list[float]:
    """Milliseconds that each took; none of them may fail."""
    times = []
    for typed in questions:
        started = time.perf_counter()
        status = client.get(path, {"q": typed}).status_code
        times.append((time.perf_counter() - started) * 1000)
        assert status in (200, 400), typed
    return times


def p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]
