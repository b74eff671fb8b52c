"""A lost index is made anew, an engine that is away is waited for, and what differs is repaired."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from uuid import uuid4

import pytest
import tantivy
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from kpo.people import tokens
from kpo.people.roles import Role
from search import comparison, generations, jobs, rows, upkeep
from search.engines.protocol import Engine, EngineUnavailableError, IndexLostError
from search.models import Change, Row, State
from search.stores import store
from search.weights import Weights
from tests.factories.people import UserFactory
from tests.factories.search import index_folder, indexed, question, record, stored
from tests.opensearch_node import Node

pytestmark = pytest.mark.django_db


class Kept:
    """Where the index of this test is kept, to be broken."""

    def __init__(self, settings: Settings, node: Node | None) -> None:
        self._settings = settings
        self._node = node

    @property
    def _names(self) -> str:
        return f"/{self._settings.KPO_SEARCH_PREFIX}-{generations.state().generation}-*"

    def delete(self) -> None:
        if self._node is None:
            shutil.rmtree(index_folder())
        else:
            self._node.call("DELETE", self._names)

    @contextmanager
    def refusing_writes(self) -> Iterator[None]:
        if self._node is None:
            # Tantivy has one writer; here another program is it.
            other = tantivy.Index.open(str(index_folder() / "open")).writer()
            yield
            other.wait_merging_threads()
        else:
            self._node.call("PUT", f"{self._names}/_settings", {"index.blocks.write": True})
            yield
            self._node.call("PUT", f"{self._names}/_settings", {"index.blocks.write": False})


@pytest.fixture
def kept(index_kept_in: str, settings: Settings, request: pytest.FixtureRequest) -> Kept:
    on_node = index_kept_in == "opensearch"
    return Kept(settings, request.getfixturevalue("opensearch_node") if on_node else None)


def found(text: str) -> set[str]:
    engine: Engine = store().engine(generations.serving)
    return {candidate.key for candidate in engine.ask(question(text), Weights()).candidates}


# --- Lost, or away -------------------------------------------------------------------------------
def of_another_database(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    State.objects.update(commit=uuid4())


def newer_than_the_database(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after restoring yesterday's database beside today's index."""
    known = generations.state()
    indexed(record("iets anders"))
    known.save()


def of_another_format(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engines.tantivy_index.FORMAT", 99)
    monkeypatch.setattr("search.engines.opensearch_index.FORMAT", 99)


def deleted(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.delete()


LOSSES = [deleted, of_another_database, newer_than_the_database, of_another_format]
JOBS = [jobs.keep_index, jobs.index_changes]


@pytest.mark.parametrize(
    ("lose", "job"),
    [
        *((lose, jobs.keep_index) for lose in LOSSES),
        *((lose, jobs.index_changes) for lose in (deleted, newer_than_the_database)),
    ],
)
def test_a_lost_index_is_made_anew_by_the_job(
    kept: Kept,
    lose: Callable[[Kept, pytest.MonkeyPatch], None],
    job: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (old,) = indexed(record("kwikzilver"))
    before = generations.state().generation
    lose(kept, monkeypatch)
    generations.forget_open()
    with pytest.raises(IndexLostError):
        generations.checked()
    (new,) = stored(record("kwikzilver"))
    job.call()  # type: ignore[attr-defined]
    assert generations.state().generation != before
    assert found("kwikzilver") == {old, new}
    assert comparison.compare().differences == ()


@pytest.mark.parametrize("job", JOBS, ids=["keep_index", "index_changes"])
def test_an_engine_that_refuses_is_waited_for(kept: Kept, job: object) -> None:
    (old,) = indexed(record("kwikzilver"))
    before = generations.state().generation
    with kept.refusing_writes():
        (new,) = stored(record("kwikzilver"))
        job.call()  # type: ignore[attr-defined]
        with pytest.raises(EngineUnavailableError) as refused:
            upkeep.apply_changes()
        assert not isinstance(refused.value, IndexLostError)
        assert [change.key for change in Change.objects.all()] == [new]
        assert found("kwikzilver") == {old}
    jobs.keep_index.call()
    assert generations.state().generation == before
    assert found("kwikzilver") == {old, new}
    assert comparison.compare().differences == ()


# --- Repair --------------------------------------------------------------------------------------
def missing(key: str) -> None:
    write({}, {key: 10**6})


def extra(key: str) -> None:
    """Something of which no row is left, nor a change to tell of it."""
    stray = record("kwikzilver")
    write({key_: {} for key_ in stored(stray)}, {})
    rows.erase(stray.key)
    Change.objects.all().delete()


def of_a_wrong_version(key: str) -> None:
    write({key: {"version": 1}}, {})


def of_a_version_never_given(key: str) -> None:
    write({key: {"version": 10**12}}, {})


def for_a_wrong_audience(key: str) -> None:
    write({key: {"audience": tokens.PUBLIC_SECTOR}}, {})


def write(wrong: dict[str, dict[str, object]], gone: dict[str, int]) -> None:
    """Write in the index itself, past the list of changes."""
    documents = [replace(d, **wrong[d.key]) for d in upkeep.documents_of(wrong)]  # type: ignore[arg-type]
    generations.serving().write(documents, gone, generations.state().commit)


FAULTS = [missing, extra, of_a_wrong_version, of_a_version_never_given, for_a_wrong_audience]


@pytest.fixture
def wrong(index_kept_in: str, fault: Callable[[str], None]) -> set[str]:
    """An index in which one thing of three is wrong; gives what a search should find."""
    keys = indexed(*(record("kwikzilver") for _ in range(3)))
    if fault is of_a_wrong_version:
        # A cluster refuses an older version than it has: let it never have had the newer one.
        rows.renew(keys[0], is_withheld=False)
        Change.objects.all().delete()
    else:
        fault(keys[0])
    assert len(comparison.compare().differences) == 1
    return set(keys)


@pytest.mark.parametrize("fault", FAULTS)
def test_check_search_repairs_what_differs(wrong: set[str]) -> None:
    errors, out = StringIO(), StringIO()
    # The pages of the site itself are among them.
    there = Row.objects.records().count()
    with pytest.raises(CommandError, match=f"1 verschillen op {there} onderdelen"):
        call_command("check_search", stderr=errors)
    call_command("check_search", "--repair", stdout=out, stderr=errors)
    assert f"gelijk: {there} onderdelen" in out.getvalue()
    assert len(set(errors.getvalue().splitlines())) == 1
    assert comparison.compare().differences == ()
    assert found("kwikzilver") == wrong
    assert State.objects.get().differences == 0
    assert not Change.objects.exists()


@pytest.mark.parametrize("fault", [extra, for_a_wrong_audience])
def test_the_nightly_job_repairs_and_tells_administrators(
    wrong: set[str], drain: Callable[[], int], mailoutbox: list[EmailMessage]
) -> None:
    drain()
    administrator = UserFactory(roles=[Role.ADMINISTRATOR])
    drain()
    jobs.check_index.call()
    assert State.objects.get().differences == 1
    assert comparison.compare().differences == ()
    assert found("kwikzilver") == wrong
    drain()
    (mail,) = mailoutbox
    assert mail.to == [administrator.email]
    assert "/cms/beheer/" in mail.body
    jobs.check_index.call()
    drain()
    assert State.objects.get().differences == 0
    assert len(mailoutbox) == 1


def test_what_the_index_has_wrong_is_shown_to_nobody_until_it_is_right(index_kept_in: str) -> None:
    key, _ = indexed(record("kwikzilver"), record("kwikzilver"))
    for_a_wrong_audience(key)
    comparison.write_again(comparison.compare().differences)
    _, withheld = generations.snapshot()
    assert withheld == {key}


def test_repair_makes_an_index_where_there_is_none(kept: Kept) -> None:
    (key,) = indexed(record("kwikzilver"))
    kept.delete()
    generations.forget_open()
    with pytest.raises(CommandError, match="rebuild_search"):
        call_command("check_search")
    call_command("check_search", "--repair", stdout=StringIO())
    assert found("kwikzilver") == {key}


def test_repair_says_so_when_the_engine_refuses(kept: Kept) -> None:
    (key,) = indexed(record("kwikzilver"))
    missing(key)
    with kept.refusing_writes(), pytest.raises(CommandError, match="1 verschillen"):
        call_command("check_search", "--repair", stdout=StringIO(), stderr=StringIO())
    call_command("check_search", "--repair", stdout=StringIO(), stderr=StringIO())
    assert found("kwikzilver") == {key}


def test_what_changes_between_two_looks_is_no_difference(
    index_kept_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (key,) = indexed(record("kwikzilver"))
    rows.write(record("lood", key=key))
    look = comparison.compare

    def looking() -> comparison.Comparison:
        found = look()
        upkeep.apply_changes()
        return found

    monkeypatch.setattr(comparison, "compare", looking)
    assert comparison.compare_twice().differences == ()
