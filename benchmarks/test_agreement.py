"""Whether both engines give the same ten keys, over the set of help pages.

Ties fall by key on both, so that nothing need be forgiven. The set is not ours to spread; without
it this says NOT RUN.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from benchmarks import reports
from search import evaluation
from search.engines.opensearch import OpenSearchEngine
from search.engines.tantivy import TantivyEngine
from search.starters import starters
from search.synonyms import expansion_of
from tests.opensearch_node import Node

QUERIES, SHOWN, GOAL = 1_000, 10, 0.95


@pytest.mark.opensearch
@pytest.mark.django_db
def test_both_engines_give_the_same_ten(on_opensearch: Node, figure: Callable[[str], None]) -> None:
    if not reports.HAYSTACK.exists():
        pytest.skip("NOT RUN: agreement, the set of help pages is not here")
    documents = evaluation.read_documents(reports.HAYSTACK.read_text("utf-8").splitlines())
    asked = reports.HAYSTACK.with_name("queries.jsonl").read_text("utf-8").splitlines()
    queries = random.Random(1).sample(list(evaluation.read_queries(asked)), QUERIES)
    synonyms = expansion_of(starters())
    same = in_order = 0
    with (
        evaluation.trial(documents, TantivyEngine.name, synonyms) as one,
        evaluation.trial(documents, OpenSearchEngine.name, synonyms) as other,
    ):
        for query in queries:
            first = one.ask(query.text).keys[:SHOWN]
            second = other.ask(query.text).keys[:SHOWN]
            same += set(first) == set(second)
            in_order += first == second
    figure(
        f"the same ten keys on both engines: {same} of {QUERIES} (goal {GOAL}), "
        f"in the same order {in_order}"
    )
    assert same >= GOAL * QUERIES
