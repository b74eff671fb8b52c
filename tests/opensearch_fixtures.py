"""Fixtures around the node, for whichever tests ask for one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import override_settings
from pytest_django import Settings

from kpo.settings.base import DATA_DIR
from search import generations
from search.engines.opensearch_store import access_to
from tests.opensearch_node import Node, jars

# One node for all: its tests run one after the other, on one worker.
ON_NODE = [pytest.mark.opensearch, pytest.mark.xdist_group("opensearch")]


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
    places = places_on(opensearch_node)
    for name, value in places.items():
        setattr(settings, name, value)
    with _indexes_of(opensearch_node, places):
        yield opensearch_node


@contextmanager
def searching_on(node: Node) -> Iterator[dict[str, Any]]:
    """The same for as long as a block lasts, which may be longer than a test; gives the settings
    that did it."""
    places = places_on(node)
    with override_settings(**places), _indexes_of(node, places):
        yield places


def places_on(node: Node) -> dict[str, Any]:
    """Where a site keeps its index that is on this node."""
    return {
        "KPO_SEARCH_URL": node.url,
        "KPO_SEARCH_PREFIX": f"test-{uuid4().hex[:8]}",
        # A node that has just started is slow at first; tests of the budget set their own.
        "KPO_SEARCH_SECONDS": 30.0,
    }


@contextmanager
def _indexes_of(node: Node, places: dict[str, Any]) -> Iterator[None]:
    """Nothing is remembered of before, and nothing is left after."""
    access_to.cache_clear()
    generations.forget_open()
    yield
    generations.forget_open()
    node.call("DELETE", f"/{places['KPO_SEARCH_PREFIX']}-*")
