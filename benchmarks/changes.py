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
from search.engines.protocol import Engine, IndexLostError
from search.questions import Question
from search.records import Passage, SearchRecord
from search.stores import store
from search.weights import Weights
from tests.factories.search import question

TEXT = "De gemeente ziet toe op het park en op wie er woont, samen met de politie. " * 20
PASSAGES = 10
WARM_UP = 100
GIVE_UP_AFTER = 60.0


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
    """In the order of the changes, which is that in which they are written."""
    engine = store().engine(generations.serving)
    delays = []
    for word in map(word_of, numbers):
        # Quotes, so that nothing that looks like it counts.
        asked = question(f'"{word}"')
        deadline = time.perf_counter() + GIVE_UP_AFTER
        while word not in committed or not _is_found(engine, asked):
            assert time.perf_counter() < deadline, f"{word} was never found"
            time.sleep(0.05)
        delays.append(time.perf_counter() - committed[word])
    return delays


def _is_found(engine: Engine, asked: Question) -> bool:
    """Between a look at the database and one at the index the writer may have moved on."""
    try:
        return engine.ask(asked, Weights()).total > 0
    except IndexLostError:
        return False
