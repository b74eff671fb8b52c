from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kpo.people import tokens
from search import rows
from search.models import Change, Row
from search.records import Passage
from tests.factories.search import record

pytestmark = pytest.mark.django_db


def confirm_everything() -> None:
    Change.objects.all().delete()


def withheld() -> set[str]:
    return set(Change.objects.filter(is_withheld=True).values_list("key", flat=True))


def test_a_record_is_a_row_and_so_is_each_passage() -> None:
    one = record(passages=(Passage("eerste", page=1, file="a.pdf"), Passage("tweede", page=2)))
    rows.write(one)
    stored = list(Row.objects.filter(key=one.key).order_by("part"))
    assert [(row.part, row.page, row.words) for row in stored[1:]] == [
        (1, 1, "eerste"),
        (2, 2, "tweede"),
    ]
    assert stored[0].vocabulary.split()[-2:] == ["eerste", "tweede"]


def test_an_older_version_never_overwrites_a_newer_one() -> None:
    new = record("nieuw", version=9)
    rows.write(new)
    assert not rows.write(replace(new, title="Oud", version=8)).is_changed
    assert Row.objects.records().get(key=new.key).title == new.title


def test_versions_count_up_by_themselves() -> None:
    one = record("een")
    first = rows.write(one).version
    assert rows.write(replace(one, title="Anders")).version > first


def test_writing_the_same_again_changes_nothing() -> None:
    one = record("een")
    rows.write(one)
    confirm_everything()
    assert not rows.write(one).is_changed
    assert not Change.objects.exists()


@pytest.mark.parametrize("audience", ["", tokens.NOBODY])
def test_a_record_without_an_audience_is_refused(audience: str) -> None:
    with pytest.raises(ValueError, match="no audience"):
        rows.write(record("een", audience=audience))


@pytest.mark.parametrize("audience", ["", tokens.NOBODY])
def test_so_does_the_table_itself(audience: str) -> None:
    rows.write(record("een"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Row.objects.update(audience=audience)


def test_a_removed_key_is_withheld_until_the_index_says_so() -> None:
    one = record("een")
    rows.write(one)
    confirm_everything()
    rows.erase(one.key)
    assert withheld() == {one.key}


@pytest.mark.parametrize(
    "change",
    [
        {"audience": tokens.ACCOUNTS},
        {"themes": ()},
        {"passages": (Passage("een", file="a.pdf"),)},
    ],
)
def test_what_narrows_is_withheld(change: dict[str, Any]) -> None:
    passages = (Passage("een", file="a.pdf"), Passage("twee", file="b.pdf"))
    one = record(passages=passages, themes=("vastgoed",))
    rows.write(one)
    confirm_everything()
    rows.write(replace(one, **change))
    assert withheld() == {one.key}


def test_an_own_edit_stays_findable_and_a_text_that_went_elsewhere_does_not() -> None:
    one = record("een oude zin")
    rows.write(one)
    confirm_everything()
    rows.write(replace(one, passages=(Passage("een nieuwe zin"),)))
    assert withheld() == set()
    rows.write(replace(one, passages=(Passage("nog een zin"),)), is_own_edit=False)
    assert withheld() == {one.key}


def test_a_withheld_key_stays_so_when_it_changes_again() -> None:
    one = record("een")
    rows.write(one)
    rows.erase(one.key)
    rows.write(record("weer", key=one.key))
    assert withheld() == {one.key}


def test_text_that_no_database_keeps_is_cleaned() -> None:
    one = record("een\0twee \ud800", title="Met\0nul")
    rows.write(one)
    assert Row.objects.records().get(key=one.key).title == "Met nul"


def test_words_that_were_read_in_an_older_way_are_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = record("Het OM eist.")
    monkeypatch.setattr(rows, "LANGUAGE", 1)
    monkeypatch.setattr(rows, "words", lambda text: ["oud"])
    rows.write(one)
    monkeypatch.undo()
    assert rows.write(one).is_changed
    assert Row.objects.passages().get(key=one.key).words == "o.m. eist"
    assert not rows.write(one).is_changed
