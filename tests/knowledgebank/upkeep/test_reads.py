"""Reading is counted per page and day, without who read, and at no cost to the reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knowledgebank.models import ReadCount
from knowledgebank.upkeep import reads
from knowledgebank.upkeep.weekly import forget_reads
from kpo.people import tokens
from tests.factories.pages import theme_page
from tests.factories.review import author

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted_yet() -> Iterator[None]:
    """Other tests of this process opened pages as well."""
    reads._tally.clear()
    yield
    reads._tally.clear()


def counts() -> dict[int, int]:
    return dict(ReadCount.objects.values_list("page", "times"))


def test_every_reading_counts_once_and_a_preview_or_a_refusal_never(client: Client) -> None:
    page, closed = theme_page(), theme_page(tokens.ACCOUNTS)
    for _ in range(3):
        client.get(page.url)
    client.head(page.url)
    assert client.get(closed.url).status_code == 404
    editor = Client()
    editor.force_login(author())
    assert editor.get(f"/cms/pages/{page.pk}/view_draft/").status_code == 200
    reads.write()
    assert counts() == {page.pk: 3}
    client.get(page.url)
    reads.write()
    reads.write()
    assert counts() == {page.pk: 4}


def test_a_request_writes_nothing(client: Client) -> None:
    page = theme_page()
    client.get(page.url)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        client.get(page.url)
    assert not [one for one in caught if one["sql"].startswith(("INSERT", "UPDATE"))]


def test_a_page_that_is_gone_and_a_database_that_is_away_lose_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = theme_page()
    reads.note(page.pk)
    reads.note(999_999)

    def fail(taken: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as away:
        away.setattr(reads, "_add", fail)
        reads.write()
    assert counts() == {}
    reads.write()
    assert counts() == {page.pk: 1}


def test_counts_are_kept_two_years() -> None:
    page, today = theme_page(), timezone.localdate()
    for days in (0, 730, 731):
        ReadCount.objects.create(page=page, day=today - timedelta(days=days), times=days + 1)
    forget_reads.call()
    assert sorted(ReadCount.objects.values_list("times", flat=True)) == [1, 731]
