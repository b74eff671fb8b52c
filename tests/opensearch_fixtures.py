"""Fixtures around the node, for whichever tests ask for one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings

from kpo.settings.base import DATA_DIR
from search import generations
from search.engines.opensearch_store import access_to
from tests.opensearch_node import Node, jars


@pytest.fixture(scope="session")
def opensearch_node() -> Iterator[Node]:
    """Started when a test first asks for it; a test that breaks it mends it."""
    with tempfile.TemporaryDirectory(prefix="kpo-opensearch-") as name:
        node = Node(Path(name), jars(DATA_DIR))
        try:
            node.start()
            yield node
        finally:
            node.close()


@pytest.fixture
def on_opensearch(opensearch_node: Node, settings: Settings) -> Iterator[Node]:
    """The site of this test searches with OpenSearch, under a prefix of its own."""
    settings.KPO_SEARCH_URL = opensearch_node.url
    settings.KPO_SEARCH_PREFIX = f"test-{uuid4().hex[:8]}"
    # A node that has just started is slow at first; tests of the budget set their own.
    settings.KPO_SEARCH_SECONDS = 30.0
    access_to.cache_clear()
    generations.forget_open()
    yield opensearch_node
    generations.forget_open()
    opensearch_node.call("DELETE", f"/{settings.KPO_SEARCH_PREFIX}-*")
