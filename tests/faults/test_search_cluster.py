"""The search cluster is killed while people search and publish, and comes back."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import DjangoDbBlocker

from tests.faults.conftest import template_url
from tests.faults.site import Site, Visitor, wait_for
from tests.opensearch_fixtures import ON_NODE, opensearch_node
from tests.opensearch_node import Node

# What pytest finds here by name.
__all__ = ["opensearch_node"]

pytestmark = [pytest.mark.slow, *ON_NODE]

NOTICE = "Zoeken gaat nu op een eenvoudiger manier"
PUBLISH = """
import itertools, time
from tests.factories.pages import theme_page
for number in itertools.count(1):
    theme_page(title=f"Kwikzilver {number}")
    print(number)
    time.sleep(0.3)
"""


@pytest.fixture(scope="module")
def site(
    opensearch_node: Node, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Site]:
    """In place of the shared site: one that searches with the node."""
    prefix = f"walk-{uuid4().hex[:8]}"
    with tempfile.TemporaryDirectory(prefix="kpo-walk-") as name:
        Path(name).chmod(0o755)
        # A node that has just started is slow at first; the budget has a test of its own.
        settings = {"KPO_SEARCH_PREFIX": prefix, "KPO_SEARCH_SECONDS": "5"}
        site = Site(Path(name), KPO_SEARCH_URL=opensearch_node.url, **settings)
        try:
            with django_db_blocker.unblock():
                site.plant(template_url())
            site.start_web()
            site.start_worker()
            yield site
        finally:
            site.end()
            opensearch_node.call("DELETE", f"/{prefix}-*")


class Searcher(threading.Thread):
    """Somebody who searches all the time; keeps each status, and whether it was limited."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self._visitor = Visitor(site)
        self._until = threading.Event()
        self.seen: list[tuple[int, bool]] = []

    def run(self) -> None:
        while not self._until.wait(0.05):
            status, page = self._visitor.get("/zoeken/?q=kwikzilver")
            self.seen.append((status, NOTICE in page))

    def in_a_row(self, *, limited: bool) -> int:
        """How many of the latest answers were limited, or were not."""
        latest = [is_limited for _, is_limited in reversed(self.seen)]
        return latest.index(not limited) if (not limited) in latest else len(latest)

    def stop(self) -> None:
        self._until.set()
        self.join()


def published(site: Site) -> int:
    return len(site.log_of("publisher").split())


def more_published(site: Site, number: int) -> None:
    before = published(site)
    wait_for(lambda: published(site) >= before + number, 60)


def test_search_and_publishing_outlive_the_cluster(site: Site, opensearch_node: Node) -> None:
    site.start_python("publisher", PUBLISH)
    more_published(site, 2)
    searcher = Searcher(site)
    searcher.start()
    try:
        wait_for(lambda: searcher.in_a_row(limited=False) >= 5, 90)
        generation = site.rows("SELECT generation FROM search_state")
        opensearch_node.stop()
        wait_for(lambda: searcher.in_a_row(limited=True) >= 5, 60)
        more_published(site, 3)
        opensearch_node.start()
        wait_for(lambda: searcher.in_a_row(limited=False) >= 5, 90)
        more_published(site, 2)
    finally:
        if not opensearch_node.answers():
            opensearch_node.start()
        searcher.stop()
        site.kill("publisher")
    wait_for(lambda: not site.rows("SELECT 1 FROM search_change"), 90)
    site.manage("check_search")
    assert site.rows("SELECT generation FROM search_state") == generation
    assert {status for status, _ in searcher.seen} == {200}
