"""Versions of one text are one hit, that says where the others are; nothing closed shows in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kpo.people import tokens
from kpo.people.models import User
from kpo.people.reader import ANONYMOUS, Reader, reader_for
from search import queries
from search.records import PAGE_SIZE, SearchPage, SearchQuery
from tests.factories.pages import knowledge_document
from tests.factories.people import CircleFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
LONG = "kwikzilver " + " ".join(f"begrip{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")


def ask(reader: Reader = ANONYMOUS, **fields: Any) -> SearchPage:
    return queries.search(reader, SearchQuery("kwikzilver", **fields))


def shown(page: SearchPage) -> list[tuple[str, list[str]]]:
    return [(hit.title, [also.title for also in hit.also]) for hit in page.hits]


def test_versions_are_one_hit_with_links_to_the_others(
    drain: Callable[[], int], client: Client
) -> None:
    old = knowledge_document(title="Meting 2023", summary=f"{LONG} oud")
    knowledge_document(title="Kwikzilver: meting 2026", summary=LONG)
    knowledge_document(title="Anders", summary="een keer kwikzilver")
    drain()
    page = ask()
    assert shown(page) == [("Kwikzilver: meting 2026", ["Meting 2023"]), ("Anders", [])]
    # What is folded is counted, and stands on the page that counts it.
    assert (page.total, page.shown, page.types) == (3, 3, {"document": 3})
    html = " ".join(client.get("/zoeken/?q=kwikzilver").content.decode().split())
    assert "3 resultaten voor" in html
    assert "Bijna dezelfde tekst staat ook in" in html
    assert f'href="{old.url}">Meting 2023</a>' in html


def test_a_closed_version_changes_nothing_for_who_may_not_read_it(
    drain: Callable[[], int], sign_in: Callable[[User], Client]
) -> None:
    circle = CircleFactory(parts=[])
    knowledge_document(title="Kwikzilver", summary=LONG)
    drain()
    before = ask()
    knowledge_document(tokens.circle_token(circle.uuid), title="Geheim", summary=LONG)
    drain()
    assert ask() == before
    assert ask(reader_for(UserFactory())) == before
    member = UserFactory()
    circle.grants.create(person=member)
    assert ask(reader_for(member)).hits[0].also != ()


def test_every_version_is_counted_and_shown_once_over_all_pages(
    drain: Callable[[], int],
) -> None:
    for number in range(PAGE_SIZE + 3):
        knowledge_document(title=f"Versie {number}", summary=LONG)
    drain()
    pages = [ask(page=number) for number in (1, 2)]
    assert [len(page.hits) for page in pages] == [1, 1]
    assert [page.shown for page in pages] == [PAGE_SIZE, 3]
    keys = [key for page in pages for hit in page.hits for key in (hit.key, *also_keys(hit))]
    assert len(set(keys)) == len(keys) == PAGE_SIZE + 3 == pages[0].total


def also_keys(hit: Any) -> list[str]:
    return [also.key for also in hit.also]
