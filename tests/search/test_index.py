"""One writer, its generations, and what happens when they are not what they should be."""

import shutil
from collections.abc import Callable
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kpo.people import tokens
from search import comparison, generations, jobs, rows, upkeep
from search.engines.protocol import EngineUnavailableError
from search.engines.tantivy import TantivyEngine
from search.models import Change, Row, State
from search.weights import Weights
from tests.factories.search import index_folder, indexed, question, record, stored

pytestmark = pytest.mark.django_db


def found(text: str) -> set[str]:
    answer = TantivyEngine(generations.serving).ask(question(text), Weights())
    return {candidate.key for candidate in answer.candidates}


def test_a_first_change_makes_the_first_index() -> None:
    (key,) = stored(record("kwikzilver"))
    jobs.index_changes.call()
    assert found("kwikzilver") == {key}
    assert not Change.objects.exists()


def test_a_rebuild_leaves_one_folder_and_the_same_answers() -> None:
    (key,) = indexed(record("kwikzilver"))
    before = generations.state().generation
    upkeep.rebuild()
    after = generations.state().generation
    assert after != before
    assert [path.name for path in index_folder().parent.iterdir()] == [str(after)]
    assert found("kwikzilver") == {key}


def test_a_rebuild_misses_no_change_and_searches_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = indexed(*(record("kwikzilver") for _ in range(3)))
    seen: list[set[str]] = []
    changes = iter(
        [
            lambda: rows.erase(first),
            lambda: rows.write(record("kwikzilver nieuw")),
            lambda: rows.write(record("lood", key=second)),
        ]
    )
    keep_up = upkeep._keep_up

    def meanwhile(folder: object) -> None:
        next(changes, lambda: None)()
        seen.append(found("kwikzilver"))
        keep_up(folder)  # type: ignore[arg-type]

    monkeypatch.setattr(upkeep, "BATCH", 1)
    monkeypatch.setattr(upkeep, "_keep_up", meanwhile)
    upkeep.rebuild()
    upkeep.apply_changes()
    assert len(seen) >= 3
    assert all(third in keys for keys in seen)
    assert comparison.compare().differences == ()
    assert found("lood") == {second}
    assert first not in found("kwikzilver")


def test_a_change_while_nothing_serves_is_in_the_new_index(monkeypatch: pytest.MonkeyPatch) -> None:
    stored(record("kwikzilver"), record("lood"))
    late = record("tin")
    keep_up = upkeep._keep_up

    def meanwhile(folder: object) -> None:
        rows.write(late)
        keep_up(folder)  # type: ignore[arg-type]

    monkeypatch.setattr(upkeep, "BATCH", 1)
    monkeypatch.setattr(upkeep, "_keep_up", meanwhile)
    upkeep.rebuild()
    assert found("tin") == {late.key}


def test_a_change_that_came_while_writing_stays_on_the_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    indexed(record("kwikzilver"))
    (key,) = stored(record("lood"))
    write = upkeep._write

    def meanwhile(keys: list[str], also: None) -> None:
        write(keys, also)
        monkeypatch.setattr(upkeep, "_write", write)
        rows.write(record("tin", key=key))

    monkeypatch.setattr(upkeep, "_write", meanwhile)
    upkeep.apply_changes()
    assert found("tin") == {key}


def test_an_index_of_another_database_is_not_served() -> None:
    indexed(record("kwikzilver"))
    State.objects.update(commit=uuid4())
    with pytest.raises(EngineUnavailableError, match="not that of this database"):
        generations.serving()


def test_an_index_from_before_is_not_served() -> None:
    indexed(record("kwikzilver"))
    path = index_folder()
    shutil.copytree(path, path.with_name("older"))
    indexed(record("lood"))
    shutil.rmtree(path)
    path.with_name("older").rename(path)
    with pytest.raises(EngineUnavailableError, match="not that of this database"):
        generations.serving()


def test_a_writer_that_died_between_the_two_commits_does_no_harm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    indexed(record("kwikzilver"))
    (key,) = stored(record("lood"))
    monkeypatch.setattr(generations, "confirm_commit", _die)
    with pytest.raises(RuntimeError):
        upkeep.apply_changes()
    assert found("lood") == {key}
    monkeypatch.undo()
    upkeep.apply_changes()
    assert comparison.compare().differences == ()


def _die(*args: object) -> None:
    raise RuntimeError


@pytest.mark.parametrize("loss", ["folder", "note", "content"])
def test_a_lost_index_is_noticed_and_made_again(loss: str) -> None:
    (key,) = indexed(record("kwikzilver"))
    path = index_folder()
    generations.forget_open()
    if loss == "folder":
        shutil.rmtree(path)
    elif loss == "note":
        (path / "index.json").write_text("{")
    else:
        (path / "open" / "meta.json").unlink()
    with pytest.raises(EngineUnavailableError):
        found("kwikzilver")
    jobs.keep_index.call()
    assert found("kwikzilver") == {key}


def test_comparison_names_each_kind_of_difference() -> None:
    same, other, newer, missing = indexed(*(record("kwikzilver") for _ in range(4)))
    folder = generations.serving()
    commit = generations.state().commit
    stray = record("tin")
    rows.write(stray)
    folder.write(upkeep.documents_of([stray.key]), {missing: 1}, commit)
    rows.erase(stray.key)
    rows.write(record("kwikzilver", key=other, audience=tokens.ACCOUNTS))
    rows.write(record("anders", key=newer))
    Change.objects.all().delete()
    told = {difference.key: str(difference) for difference in comparison.compare().differences}
    assert set(told) == {other, newer, missing, stray.key}
    assert "doelgroep accounts in de tabel, public in de index" in told[other]
    assert "versie" in told[newer]
    assert "staat in de tabel, niet in de index" in told[missing]
    assert "niet meer in de tabel" in told[stray.key]
    assert same not in told


def test_the_nightly_job_mends_what_differs() -> None:
    (key,) = indexed(record("kwikzilver"))
    generations.serving().write([], [key], generations.state().commit)
    jobs.check_index.call()
    assert comparison.compare().differences == ()


def test_check_search_says_so_and_ends_with_an_error() -> None:
    (key,) = indexed(record("kwikzilver"))
    out = StringIO()
    call_command("check_search", stdout=out)
    assert "gelijk" in out.getvalue()
    generations.serving().write([], [key], generations.state().commit)
    errors = StringIO()
    with pytest.raises(CommandError, match="1 verschillen"):
        call_command("check_search", stderr=errors)
    assert key in errors.getvalue()


def test_check_search_without_an_index_tells_what_to_do() -> None:
    with pytest.raises(CommandError, match="rebuild_search"):
        call_command("check_search")


def test_rebuild_search_runs_the_job_itself(drain: Callable[[], int]) -> None:
    (key,) = stored(record("kwikzilver"))
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert f"in gebruik: {Row.objects.records().count()} onderdelen" in out.getvalue()
    assert found("kwikzilver") == {key}


def test_a_record_without_audience_never_reaches_the_index() -> None:
    indexed(record("kwikzilver"))
    folder = generations.serving()
    (document,) = upkeep.documents_of(stored(record("lood")))
    bad = type(document)(
        **{name: getattr(document, name) for name in document.__slots__} | {"audience": ""}
    )
    with pytest.raises(ValueError, match="no audience"):
        folder.write([bad], {}, generations.state().commit)


def test_closed_words_do_not_teach_the_splitter() -> None:
    stored(*(record("kwikzilver zwerkbal", audience=tokens.PUBLIC_SECTOR) for _ in range(2)))
    stored(*(record("loodmijn") for _ in range(2)))
    assert upkeep.frequent_words() >= {"loodmijn"}
    assert "zwerkbal" not in upkeep.frequent_words()


@pytest.mark.parametrize(("typed", "meant"), [("prak", "park"), ("lodo", "lood"), ("haev", "have")])
def test_a_short_word_with_letters_swapped_still_finds(typed: str, meant: str) -> None:
    (key, _) = indexed(record(meant), record("kwikzilver"))
    assert found(typed) == {key}


def test_what_only_looks_alike_is_not_found_beside_the_word_itself() -> None:
    (key, _) = indexed(record("park"), record("perk"))
    assert found("park") == {key}


def test_what_looks_alike_is_found_under_the_readers_audiences_only() -> None:
    indexed(record("kwikzilver"), record("park", audience=tokens.PUBLIC_SECTOR))
    assert found("prak") == set()


def test_a_word_of_three_letters_finds_nothing_but_itself() -> None:
    indexed(record("bak"))
    assert found("bok") == set()
