"""A rebuild while people search and write: no failed search, no missed change, nothing shown."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

import pytest
from opensearchpy import helpers

from kpo.people import tokens
from search import comparison, generations, jobs, rows, upkeep
from search.engines.protocol import EngineUnavailableError
from search.engines.tantivy import TantivyEngine
from search.models import State
from search.stores import store
from search.weights import Weights
from tests.factories.search import index_folder, indexed, question, record, stored
from tests.opensearch_node import Node

pytestmark = pytest.mark.django_db


def answered(text: str, *audiences: str) -> set[str]:
    """What somebody with these audiences finds at this moment."""
    known, withheld = generations.snapshot()
    engine = store().engine(lambda: generations.serving(known))
    asked = question(text, *audiences, withheld=withheld)
    answer = engine.ask(asked, Weights())
    assert answer.total == len(answer.candidates)
    return {candidate.key for candidate in answer.candidates}


def meanwhile(monkeypatch: pytest.MonkeyPatch, step: str, act: Callable[[], Any]) -> None:
    """Act once, just before the next time that the rebuild takes this step."""
    taken = getattr(upkeep, step)

    def acting(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(upkeep, step, taken)
        act()
        return taken(*args, **kwargs)

    monkeypatch.setattr(upkeep, step, acting)


STEPS = ("_keep_up", "_replay", "_switch")


@pytest.mark.parametrize("step", STEPS)
def test_no_change_is_missed_at_any_step(
    index_kept_in: str, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    gone, narrowed, closed, changed, kept = indexed(*(record("kwikzilver") for _ in range(5)))
    new = record("kwikzilver")

    def act() -> None:
        rows.erase(gone)
        rows.write(record("kwikzilver", key=narrowed, audience=tokens.ACCOUNTS))
        rows.write(record("kwikzilver", key=closed, audience=tokens.PUBLIC_SECTOR))
        rows.write(record("lood", key=changed))
        rows.write(new)
        # From the transaction on, whatever the rebuild has come to.
        assert answered("kwikzilver") == {changed, kept}

    monkeypatch.setattr(upkeep, "BATCH", 1)
    meanwhile(monkeypatch, step, act)
    upkeep.rebuild()
    assert not answered("kwikzilver") & {gone, narrowed, closed}
    upkeep.apply_changes()
    assert answered("kwikzilver") == {kept, new.key}
    assert answered("kwikzilver", tokens.PUBLIC, tokens.ACCOUNTS) == {kept, new.key, narrowed}
    assert answered("kwikzilver", tokens.PUBLIC_SECTOR) == {closed}
    assert answered("lood") == {changed}
    assert comparison.compare().differences == ()


def test_what_changed_while_the_old_index_was_lost_is_in_the_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone, narrowed, kept = indexed(*(record("kwikzilver") for _ in range(3)))
    shutil.rmtree(index_folder())
    generations.forget_open()
    new = record("kwikzilver")

    def act() -> None:
        rows.erase(gone)
        rows.write(record("kwikzilver", key=narrowed, audience=tokens.ACCOUNTS))
        rows.write(new)

    # With all in one batch, the old texts are in the new index before they change.
    meanwhile(monkeypatch, "_keep_up", act)
    upkeep.rebuild()
    found = TantivyEngine(generations.serving).ask(question("kwikzilver"), Weights())
    assert {candidate.key for candidate in found.candidates} == {kept, new.key}


@pytest.mark.opensearch
@pytest.mark.xdist_group("opensearch")
def test_a_cluster_shows_a_new_index_once_and_takes_nothing_out_of_it(
    on_opensearch: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed(*(record("kwikzilver") for _ in range(3)))
    sent: list[tuple[bool, list[str]]] = []
    bulk = helpers.streaming_bulk

    def noted(client: Any, actions: Iterable[Any], **kwargs: Any) -> Any:
        every = list(actions)
        sent.append((kwargs["refresh"], [action["_op_type"] for action in every]))
        return bulk(client, every, **kwargs)

    monkeypatch.setattr(helpers, "streaming_bulk", noted)
    monkeypatch.setattr(upkeep, "BATCH", 1)
    upkeep.rebuild()
    # First the note and the words, and the note again when all records are there.
    shown = [is_shown for is_shown, _ in sent]
    assert shown == [True, *[False] * (len(sent) - 2), True]
    assert len(sent) >= 5
    assert {verb for _, verbs in sent for verb in verbs} == {"index"}
    assert len(answered("kwikzilver")) == 3


@pytest.mark.parametrize("fault", ["another database", "older"])
def test_an_index_that_is_not_ours_is_noticed_and_made_again(fault: str) -> None:
    old, *_ = indexed(record("kwikzilver"))
    path = index_folder()
    if fault == "older":
        shutil.copytree(path, path.with_name("older"))
        indexed(record("kwikzilver", key=old, audience=tokens.ACCOUNTS))
        shutil.rmtree(path)
        path.with_name("older").rename(path)
    else:
        State.objects.update(commit=uuid4())
    with pytest.raises(EngineUnavailableError):
        answered("kwikzilver")
    jobs.keep_index.call()
    assert answered("kwikzilver") == (set() if fault == "older" else {old})
    assert comparison.compare().differences == ()


def test_a_first_change_after_a_restored_backup_makes_the_index_again() -> None:
    indexed(record("kwikzilver"))
    State.objects.update(generation=uuid4())
    (key,) = stored(record("lood"))
    jobs.index_changes.call()
    assert answered("lood") == {key}
    assert len(answered("kwikzilver")) == 1
