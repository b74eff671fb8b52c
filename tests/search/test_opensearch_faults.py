"""The cluster fails in every way it can; people search on, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import Settings

from kpo.people import tokens
from kpo.people.reader import ANONYMOUS
from search import comparison, generations, jobs, queries, rows
from search.engines.opensearch_store import MOST_FAILURES, access_to
from search.models import Change
from search.records import SearchQuery
from tests.factories.search import indexed, record
from tests.opensearch_fixtures import ON_NODE, on_opensearch, opensearch_node
from tests.opensearch_node import Node

# What pytest finds here by name.
__all__ = ["on_opensearch", "opensearch_node"]

pytestmark = [pytest.mark.django_db, pytest.mark.slow, *ON_NODE]
BUDGET = 0.4


def ask(text: str = "kwikzilver") -> tuple[int, str | None]:
    """How many documents the engine counts, and the notice beside them.

    These records stand for nothing that could be read again, so they are not shown.
    """
    answer = queries.search(ANONYMOUS, SearchQuery(text))
    return sum(answer.types.values()), answer.notice


def names(settings: Settings) -> str:
    return f"/{settings.KPO_SEARCH_PREFIX}-{generations.state().generation}-*"


def impatient(settings: Settings) -> None:
    settings.KPO_SEARCH_SECONDS = BUDGET


def paused(node: Node, settings: Settings) -> None:
    node.pause()


def lost(node: Node, settings: Settings) -> None:
    node.call("DELETE", names(settings))


def half_lost(node: Node, settings: Settings) -> None:
    node.call("DELETE", names(settings).replace("-*", "-closed"))


def closed(node: Node, settings: Settings) -> None:
    node.call("POST", f"{names(settings)}/_close")


@pytest.mark.parametrize("broken", [paused, lost, closed])
def test_search_answers_from_the_database_and_says_so(
    on_opensearch: Node, settings: Settings, broken: Callable[[Node, Settings], None]
) -> None:
    indexed(record("kwikzilver"), record("kwikzilver", audience=tokens.PUBLIC_SECTOR))
    assert ask() == (1, None)
    impatient(settings)
    broken(on_opensearch, settings)
    try:
        answer = ask()
    finally:
        on_opensearch.go_on()
    assert answer == (1, queries.DEGRADED)


@pytest.mark.parametrize("broken", [lost, half_lost])
def test_a_lost_index_is_made_again_with_what_changed_meanwhile(
    on_opensearch: Node, settings: Settings, broken: Callable[[Node, Settings], None]
) -> None:
    indexed(record("kwikzilver"))
    broken(on_opensearch, settings)
    rows.write(record("kwikzilver"))
    jobs.keep_index.call()
    assert comparison.compare().differences == ()
    assert ask() == (2, None)


def test_publishing_goes_on_while_the_cluster_refuses_writes(
    on_opensearch: Node, settings: Settings
) -> None:
    indexed(record("kwikzilver"))
    block = {"index.blocks.write": True}
    on_opensearch.call("PUT", f"{names(settings)}/_settings", block)
    rows.write(record("kwikzilver"))
    jobs.index_changes.call()
    assert ask() == (1, None)
    on_opensearch.call("PUT", f"{names(settings)}/_settings", {"index.blocks.write": False})
    jobs.index_changes.call()
    assert ask() == (2, None)
    assert comparison.compare().differences == ()


def test_what_was_closed_stays_closed_while_the_cluster_refuses_writes(
    on_opensearch: Node, settings: Settings
) -> None:
    was = record("kwikzilver")
    indexed(was)
    on_opensearch.call("PUT", f"{names(settings)}/_settings", {"index.blocks.write": True})
    rows.write(record("kwikzilver", key=was.key, audience=tokens.PUBLIC_SECTOR))
    assert ask() == (0, None)


def test_an_index_of_another_commit_is_not_served(on_opensearch: Node) -> None:
    indexed(record("kwikzilver"))
    known = generations.state()
    indexed(record("kwikzilver"))
    # As after restoring yesterday's database beside today's index.
    known.save()
    assert ask()[1] == queries.DEGRADED


def test_an_older_version_never_takes_the_place_of_a_newer_one(on_opensearch: Node) -> None:
    was = record("kwikzilver", version=7)
    indexed(was)
    index = generations.serving()
    (old,) = jobs.upkeep.documents_of([was.key])
    rows.write(record("lood", key=was.key, version=9))
    jobs.index_changes.call()
    index.write([old], {}, generations.state().commit)
    assert (ask("lood"), ask("kwikzilver")) == ((1, None), (0, None))


def test_the_cluster_itself_refuses_what_has_no_audience(
    on_opensearch: Node, settings: Settings
) -> None:
    indexed(record("kwikzilver"))
    path = f"/{settings.KPO_SEARCH_PREFIX}-{generations.state().generation}-open/_doc/stray"
    with pytest.raises(OSError, match="400"):
        on_opensearch.call("PUT", path, {"type": "document"})


def test_a_node_that_was_away_hears_all_it_missed(on_opensearch: Node) -> None:
    indexed(record("kwikzilver"))
    before = generations.state().generation
    on_opensearch.stop()
    try:
        rows.write(record("kwikzilver"))
        jobs.index_changes.call()
        jobs.keep_index.call()
        assert ask() == (2, queries.DEGRADED)
        assert Change.objects.count() == 1
    finally:
        on_opensearch.start()
    jobs.keep_index.call()
    assert generations.state().generation == before
    assert not Change.objects.exists()
    call_command("check_search", stdout=StringIO())
    access = access_to(on_opensearch.url, "", "", "", 30.0)
    access.breaker.close()
    assert ask() == (2, None)


def test_a_writer_waits_for_a_node_that_hangs(
    on_opensearch: Node, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed(record("kwikzilver"))
    before = generations.state().generation
    rows.write(record("kwikzilver"))
    impatient(settings)
    monkeypatch.setattr("search.engines.opensearch_index.NOTE_SECONDS", BUDGET)
    on_opensearch.pause()
    try:
        jobs.index_changes.call()
    finally:
        on_opensearch.go_on()
    assert Change.objects.count() == 1
    monkeypatch.undo()
    jobs.index_changes.call()
    assert generations.state().generation == before
    assert comparison.compare().differences == ()


def test_a_write_that_was_half_done_is_done_again_without_a_rebuild(
    on_opensearch: Node, settings: Settings
) -> None:
    indexed(record("kwikzilver"))
    before = generations.state().generation
    closed_half = names(settings).replace("-*", "-closed")
    for number in range(2):
        # Twice, since a second writer must know what the first one announced.
        on_opensearch.call("PUT", f"{closed_half}/_settings", {"index.blocks.write": True})
        rows.write(record("kwikzilver"))
        jobs.index_changes.call()
        assert ask() == (number + 2, None)
    on_opensearch.call("PUT", f"{closed_half}/_settings", {"index.blocks.write": False})
    jobs.keep_index.call()
    assert generations.state().generation == before
    assert comparison.compare().differences == ()
    assert ask() == (3, None)


# --- On a scripted double: what a real node cannot be made to say --------------------------------
class Double(BaseHTTPRequestHandler):
    """Answers every request with what `answer` holds; counts them."""

    answer: tuple[int, bytes] = (200, b"{}")
    asked = 0

    def do_POST(self) -> None:
        type(self).asked += 1
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, body = self.answer
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST  # noqa: N815 - the name that http.server calls

    def log_message(self, *arguments: object) -> None:
        """Keep quiet."""


@pytest.fixture
def double() -> Iterator[str]:
    Double.asked = 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Double)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


PARTIAL = b"""{"docs": [{"term_vectors": {}}], "responses": [
    {"timed_out": false, "_shards": {"failed": 1}, "hits": {"hits": []}}]}"""


@pytest.mark.parametrize(
    "answer",
    [
        (429, b'{"error": "too many"}'),
        (503, b'{"error": "unavailable"}'),
        (401, b'{"error": "who are you"}'),
        (200, b"<html>a proxy</html>"),
        (200, b"[]"),
        (200, b'"text"'),
        (404, b"<html>a proxy</html>"),
        (404, b'{"error": "nothing here"}'),
        (200, b"{}"),
        (200, PARTIAL),
        (200, PARTIAL.replace(b"false", b"true").replace(b'"failed": 1', b'"failed": 0')),
    ],
)
def test_whatever_the_cluster_says_people_get_an_answer(
    on_opensearch: Node, settings: Settings, double: str, answer: tuple[int, bytes]
) -> None:
    indexed(record("kwikzilver"))
    Double.answer = answer
    settings.KPO_SEARCH_URL = double
    generations.forget_open()
    assert ask() == (1, queries.DEGRADED)
    before = generations.state().generation
    rows.write(record("lood"))
    jobs.index_changes.call()
    jobs.keep_index.call()
    assert generations.state().generation == before
    assert Change.objects.count() == 1


def test_after_a_few_failures_pages_are_spared_the_wait(
    on_opensearch: Node, settings: Settings, double: str
) -> None:
    indexed(record("kwikzilver"))
    ask()
    Double.answer = (503, b"{}")
    settings.KPO_SEARCH_URL = double
    generations.forget_open()
    for _ in range(MOST_FAILURES):
        ask()
    asked = Double.asked
    assert ask() == (1, queries.DEGRADED)
    assert Double.asked == asked
    access = access_to(double, "", "", "", settings.KPO_SEARCH_SECONDS)
    assert access.breaker.current_state == "open"
