"""How soon a change can be found: a site with its worker, changed twenty times a second."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from search.engines.opensearch import OpenSearchEngine
from search.engines.tantivy import TantivyEngine
from tests.faults.conftest import template_url
from tests.faults.site import Site
from tests.opensearch_node import Node

PER_SECOND, SECONDS, GOAL = 20, 15, 5.0
ON_NODE = pytest.param(OpenSearchEngine.name, marks=pytest.mark.opensearch)


@pytest.fixture(scope="module", params=[TantivyEngine.name, ON_NODE])
def site(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Site]:
    settings = {}
    if request.param == OpenSearchEngine.name:
        node: Node = request.getfixturevalue("opensearch_node")
        settings = {"KPO_SEARCH_URL": node.url, "KPO_SEARCH_SECONDS": "5"}
    with tempfile.TemporaryDirectory(prefix="kpo-changes-") as name:
        Path(name).chmod(0o755)
        site = Site(Path(name), **settings)
        try:
            with django_db_blocker.unblock():
                site.plant(template_url())
            site.start_worker()
            site.manage("rebuild_search")
            yield site
        finally:
            site.end()


def test_a_change_can_be_found_in_seconds(site: Site, figure: Callable[[str], None]) -> None:
    run = f"measure({PER_SECOND}, {SECONDS})"
    found = site.python("from benchmarks.changes import measure", run)
    delays = found["delays"]
    p95 = statistics.quantiles(delays, n=20)[18]
    engine = "opensearch" if "KPO_SEARCH_URL" in site.environment else "tantivy"
    figure(
        f"{engine}: commit to findable at {found['per_second']:.1f} changes/s: p95 {p95:.2f} s "
        f"(goal {GOAL:.0f}), median {statistics.median(delays):.2f} s, slowest {max(delays):.2f} s"
    )
    assert p95 <= GOAL
