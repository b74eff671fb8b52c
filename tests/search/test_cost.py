"""The search page asks the database as often, whatever it finds and whoever asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kpo.people import tokens
from kpo.people.models import Circle, User
from search import ranking
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import CircleFactory, UserFactory
from tests.factories.search import indexed, record

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Counted apart: session, user, what each provider of audiences asks, and each type of hit.
APART = re.compile(r'"django_session"|"people_user"|"people_circle"|"pages_readablepage"."uuid" IN')
BUDGET = 8
SHOWN = 10


def asked(client: Client, words: str, total: str) -> list[str]:
    """What the page asks the database, the things counted apart left out."""
    client.get("/zoeken/", {"q": words})
    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/zoeken/", {"q": words})
    assert f"{total} resultaten voor" in " ".join(answer.content.decode().split())
    found = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in found if not APART.search(sql)]


def in_circles(circles: Sequence[Circle]) -> User:
    person: User = UserFactory()
    for circle in circles:
        circle.grants.create(person=person)
    return person


def test_ten_a_hundred_and_a_thousand_hits_cost_the_same(
    sign_in: Callable[[User], Client], drain: Callable[[], int]
) -> None:
    theme = theme_page(title="Anders", slug="anders")
    for number in range(SHOWN):
        knowledge_document(title=f"Loods {number}", summary="loods loods", themes=[theme])
    drain()
    client = sign_in(UserFactory())
    costs = [asked(client, "loods", "10")]
    for more, total in ((90, "100"), (900, "1.000")):
        # What is not shown is never read again, so records alone stand for it.
        indexed(*(record("een loods", themes=("anders",)) for _ in range(more)))
        costs.append(asked(client, "loods", total))
    assert len({len(cost) for cost in costs}) == 1, "\n".join(costs[-1])
    assert len(costs[0]) <= BUDGET, "\n".join(costs[0])


def test_the_first_search_of_a_reader_keeps_within_the_budget_too(
    sign_in: Callable[[User], Client], drain: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(SHOWN):
        theme_page(title=f"Loods {number}", what="<p>Een loods.</p>")
    drain()
    monkeypatch.setattr(ranking, "_known", {})
    costs = []
    for _ in range(2):
        client = sign_in(UserFactory())
        with CaptureQueriesContext(connection) as captured:
            answer = client.get("/zoeken/", {"q": "loods"})
        assert "kpo-passages" in answer.content.decode()
        found = [query["sql"] for query in captured.captured_queries]
        costs.append([sql for sql in found if not APART.search(sql)])
    assert len(costs[1]) <= BUDGET, "\n".join(costs[1])
    # What nobody asked before in this process is read with its row, not by a question of its own.
    assert not [sql for sql in costs[0] if "heading_vocabulary" in sql and "audience" not in sql]


def test_one_and_fifty_and_five_hundred_memberships_cost_the_same(
    sign_in: Callable[[User], Client], drain: Callable[[], int]
) -> None:
    circles = [CircleFactory(parts=[]) for _ in range(500)]
    closed = tokens.circle_token(circles[0].uuid)
    for number in range(SHOWN):
        audience = (tokens.ACCOUNTS, closed)[number % 2]
        knowledge_document(audience, title=f"Loods {number}")
    drain()
    people = [in_circles(circles[:number]) for number in (1, 50, 500)]
    costs = [asked(sign_in(person), "loods", "10") for person in people]
    assert len({len(cost) for cost in costs}) == 1, "\n".join(costs[-1])
    assert len(costs[0]) <= BUDGET, "\n".join(costs[0])
