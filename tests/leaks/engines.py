"""Which engine the harnesses are run on, and the proof that it was that engine which answered."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from unittest.mock import patch

import pytest

from search.engines.opensearch_store import OpenSearchStore
from search.engines.postgres import PostgresEngine
from search.engines.tantivy_store import TantivyStore
from search.stores import store
from tests.opensearch_fixtures import searching_on

TANTIVY, OPENSEARCH = TantivyStore.name, OpenSearchStore.name
# What `make leaks ENGINE=opensearch` says.
ENGINE = os.environ.get("KPO_LEAKS_ENGINE") or TANTIVY


def param(engine: str, *marks: Any) -> Any:
    """A parameter that is set aside, aloud, where its engine cannot run."""
    needs = [pytest.mark.opensearch] if engine == OPENSEARCH else []
    return pytest.param(engine, marks=[*needs, *marks])


@contextmanager
def searching(engine: str, request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """The site searches with this engine meanwhile; gives the settings that did it.

    Where PostgreSQL has to answer in its stead, this is no test of the engine, and fails.
    """
    instead: list[str] = []
    really = PostgresEngine.ask

    def noted(self: PostgresEngine, question: Any, weights: Any) -> Any:
        instead.append(question.wanted.name)
        return really(self, question, weights)

    on_node = engine == OPENSEARCH
    place: Any = (
        searching_on(request.getfixturevalue("opensearch_node")) if on_node else nullcontext({})
    )
    with place as places, patch.object(PostgresEngine, "ask", noted):
        assert store().name == engine
        yield places
    assert not instead, f"PostgreSQL answered instead of {engine}: {instead[:5]}"
