"""The engines that the suite is run on."""

from __future__ import annotations

import pytest

from search import generations
from search.engines.postgres import PostgresEngine
from search.engines.protocol import Engine
from search.stores import store
from tests.opensearch_fixtures import ON_NODE, on_opensearch, opensearch_node

# What pytest finds here by name.
__all__ = ["on_opensearch", "opensearch_node"]

WITH_NODE = pytest.param("opensearch", marks=ON_NODE)


@pytest.fixture(params=["tantivy", WITH_NODE])
def index_kept_in(request: pytest.FixtureRequest) -> str:
    """The site keeps its index there for this test."""
    if request.param == "opensearch":
        request.getfixturevalue("on_opensearch")
    return str(request.param)


@pytest.fixture(params=["tantivy", WITH_NODE, "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "opensearch":
        request.getfixturevalue("on_opensearch")
    if request.param == "postgres":
        return PostgresEngine()
    return store().engine(generations.serving)
