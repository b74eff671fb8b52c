"""A page ranks by what others call it, as far as those who find it may read who said so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from knowledgebank.page_links import links_on
from kpo.pages.actions import change_audience
from kpo.people import tokens
from kpo.people.reader import ANONYMOUS, Reader
from kpo.people.roles import Role
from search import queries, rows
from search.linked import LinkText
from search.models import Row
from search.records import SearchQuery
from tests.conftest import Team
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import CircleFactory
from tests.factories.search import record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def link_to(page: Any, text: str = "kwikzilver") -> str:
    return f'<p>Zie <a linktype="page" id="{page.pk}">{text} <b>meten</b></a>.</p>'


def linking(audience: str, page: Any, text: str = "kwikzilver") -> Any:
    return theme_page(audience, what=link_to(page, text))


def order(asked: str = "lood kwikzilver", reader: Reader = ANONYMOUS) -> list[str]:
    hits = queries.search(reader, SearchQuery(asked, type="document")).hits
    return [hit.title for hit in hits]


def heard(page: Any) -> QuerySet[Row, str]:
    return (
        Row.objects.records().filter(key__endswith=page.uuid).values_list("link_words", flat=True)
    )


def test_the_text_of_a_link_ranks_a_page_until_the_page_with_the_link_closes(
    team: Team, drain: Callable[[], int]
) -> None:
    knowledge_document(title="Lood")
    target = knowledge_document(title="Lood twee")
    drain()
    before = order()
    source = linking(tokens.PUBLIC, target)
    drain()
    assert (before, order()) == (["Lood", "Lood twee"], ["Lood twee", "Lood"])
    assert list(heard(target)) == ["kwikzilver meten"]
    # It ranks what is found, and finds nothing.
    assert order("kwikzilver") == []
    change_audience(actor=team[Role.ADMINISTRATOR], page=source, audience=tokens.ACCOUNTS)
    # From the rows in the same transaction, from the index by the job; hidden is nothing.
    assert list(heard(target)) == [""]
    assert len(order()) == 2
    drain()
    assert order() == before


def test_a_link_is_read_however_it_is_written() -> None:
    target = knowledge_document()
    written = (
        f"<a id='{target.pk}' title=\"a > b\" linktype=page>kwik &amp; <i>zilver</i></a>"
        f'<a href="https://example.nl/?linktype=page" id="{target.pk}">elders</a>'
        f'<a linktype="document" id="{target.pk}">een bestand</a><a linktype="page">nergens</a>'
    )
    page = theme_page(what=f"<p>{written}</p>")
    assert links_on(page) == ((target.uuid, "kwik & zilver"),)


def test_words_follow_the_text_of_a_link(drain: Callable[[], int]) -> None:
    target = knowledge_document(title="Lood")
    source = linking(tokens.PUBLIC, target)
    drain()
    source.what = link_to(target, "arseen")
    source.save_revision().publish()
    drain()
    assert list(heard(target)) == ["arseen meten"]
    source.unpublish()
    assert list(heard(target)) == [""]


def test_deleting_the_page_with_the_link_takes_its_words_along(drain: Callable[[], int]) -> None:
    target = knowledge_document(title="Lood")
    source = linking(tokens.PUBLIC, target)
    drain()
    source.delete()
    assert list(heard(target)) == [""]
    assert not LinkText.objects.exists()


def test_closed_pages_lend_no_words(drain: Callable[[], int]) -> None:
    circle = CircleFactory(parts=[])
    closed = tokens.circle_token(circle.uuid)
    public, accounts = knowledge_document(), knowledge_document(tokens.ACCOUNTS)
    for page in (public, accounts):
        linking(closed, page, "geheim")
        linking(tokens.ACCOUNTS, page, "besproken")
        linking(tokens.PUBLIC, page, "openbaar")
    drain()
    assert list(heard(public)) == ["openbaar meten"]
    assert set(" ".join(heard(accounts)).split()) == {"besproken", "openbaar", "meten"}
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkText.objects.create(source="theme:x", audience=closed, target=public.uuid, text="x")


def test_the_site_keeps_words_of_links_as_a_measurement_does(drain: Callable[[], int]) -> None:
    target = knowledge_document(title="Lood")
    linking(tokens.PUBLIC, target, "Kwik&amp;zilver's")
    drain()
    measured = rows.rows_of(record(link_texts=("Kwik&zilver's meten",)))[0]
    assert list(heard(target)) == [measured.link_words]
