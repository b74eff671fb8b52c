"""A cluster that has just started is asked by the worker until it answers in time."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest

from kpo.people import tokens
from search import jobs, upkeep
from search.engines import opensearch_store
from search.engines.opensearch_store import Access, OpenSearchStore
from search.questions import Question, parse
from search.weights import Weights
from tests.factories.search import indexed, record

QUESTIONS = [Question(parse(text), frozenset({tokens.PUBLIC})) for text in ("een", "twee", "drie")]


@pytest.mark.parametrize(
    ("each_takes", "left"),
    [([0.1], [10]), ([2.0, 0.5, 0.1], [10, 8, 7.5]), ([4.0, 7.0, 1.0], [10, 6])],
)
def test_questions_end_once_one_is_answered_in_half_the_time_or_time_is_up(
    each_takes: list[float], left: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    waited: list[float] = []

    class Slow:
        def __init__(
            self, index: Any, question: Question, weights: Weights, seconds: float
        ) -> None:
            waited.append(seconds)

        def answer(self) -> None:
            nonlocal now
            now += each_takes[len(waited) - 1]

    monkeypatch.setattr(opensearch_store, "Inquiry", Slow)
    monkeypatch.setattr(opensearch_store, "time", SimpleNamespace(monotonic=lambda: now))
    store = OpenSearchStore(Access(Mock(), Mock(), seconds=0.4), "kpo")
    store.warm(Mock(), QUESTIONS, Weights())
    assert waited == left


@pytest.mark.django_db
def test_the_worker_asks_for_titles_that_everybody_may_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    indexed(record("a", title="Kwikzilver"), record("b", title="Lood", audience=tokens.ACCOUNTS))
    asked: list[str] = []

    class Listening:
        def warm(self, index: Any, questions: Any, weights: Weights) -> None:
            asked.extend(word.text for one in questions for word in one.wanted.words)

    monkeypatch.setattr(upkeep, "store", Listening)
    jobs.keep_index.call()
    assert "kwikzilver" in asked
    assert "lood" not in asked
