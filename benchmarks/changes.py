"""Runs inside a site whose worker is alive: changes things and sees when each can be found.

A change is what a publication does to search: rows and job in one transaction.
"""

from __future__ import annotations

import json
import threading
import time
from uuid import uuid4

from django.db import connections, transaction

from kpo.people import tokens
from search import generations, indexing, rows
from search.dutch import analyze
from search.engines.protocol import Engine, IndexLostError
from search.records import Passage, SearchRecord
from search.stores import store
from search.weights import Weights
from tests.factories.search import question

TEXT = "De gemeente ziet toe op het park en op wie er woont, samen met de politie. " * 20
PASSAGES = 10
WARM_UP = 100
GIVE_UP_AFTER = 60.0
ASKED_AT_ONCE = 8
PAUSE = 0.05


def measure(per_second: int, seconds: int) -> None:
    """Prints seconds from commit to findable, as JSON, and how many changes a second there were.

    The first changes are not counted: an engine that has just started is slow.
    """
    numbers = per_second * seconds
    _run(per_second, range(WARM_UP))
    delays, rate = _run(per_second, range(WARM_UP, WARM_UP + numbers))
    print(json.dumps({"delays": delays, "per_second": rate}))


def _run(per_second: int, numbers: range) -> tuple[list[float], float]:
    committed: dict[str, float] = {}
    changing = threading.Thread(target=_change, args=(per_second, numbers, committed))
    started = time.perf_counter()
    changing.start()
    delays = _watch(numbers, committed)
    changing.join()
    return delays, len(committed) / (max(committed.values()) - started)


def _change(per_second: int, numbers: range, committed: dict[str, float]) -> None:
    started = time.perf_counter()
    for done, number in enumerate(numbers):
        time.sleep(max(0.0, started + done / per_second - time.perf_counter()))
        word = word_of(number)
        with transaction.atomic():
            rows.write(_record(word))
            indexing.defer()
        committed[word] = time.perf_counter()
    connections.close_all()


def word_of(number: int) -> str:
    """A word of letters that nothing else has, nor any other of these as a part."""
    return "kwik" + "".join("bdfghjklmn"[int(digit)] + "a" for digit in f"{number:05}")


def _record(word: str) -> SearchRecord:
    return SearchRecord(
        key=f"document:{uuid4()}",
        type="document",
        title=f"Stuk over {word}",
        audience=tokens.PUBLIC,
        url="/",
        passages=tuple(Passage(text=TEXT, page=page) for page in range(1, PASSAGES + 1)),
    )


def _watch(numbers: range, committed: dict[str, float]) -> list[float]:
    """Several at a time: one that asks for each by itself falls behind, and measures that."""
    engine = store().engine(generations.serving)
    waiting = list(map(word_of, numbers))
    delays = []
    while waiting:
        asked = [word for word in waiting if word in committed][:ASKED_AT_ONCE]
        found = _found(engine, asked) if asked else set()
        now = time.perf_counter()
        delays += [now - committed[word] for word in asked if word in found]
        waiting = [word for word in waiting if word not in found]
        late = [word for word in asked if now - committed[word] > GIVE_UP_AFTER]
        assert found.issuperset(late), f"{late} were never found"
        time.sleep(0 if found else PAUSE)
    return delays


def _found(engine: Engine, asked: list[str]) -> set[str]:
    """Between a look at the database and one at the index the writer may have moved on."""
    try:
        missing = engine.ask(question(" ".join(asked)), Weights()).missing
    except IndexLostError:
        return set()
    return {word for word in asked if analyze(word).stem not in missing}
