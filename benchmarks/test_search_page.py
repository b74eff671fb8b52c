"""What searching costs: the engine's share, the whole page, and membership of many circles."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from django.test import Client

from benchmarks.ratio import compare
from kpo.people import tokens
from kpo.people.models import Circle, User
from kpo.people.reader import reader_for
from search.queries import search
from search.records import Passage, SearchQuery
from tests.factories.pages import knowledge_document
from tests.factories.people import CircleFactory, UserFactory
from tests.factories.search import indexed, record

TURNS = 40
OPEN, CLOSED, PAGES = 80, 40, 5
CIRCLES = 500
WORDS = ("park", "vakantie", "toezicht", "eigenaar", "gemeente", "controle", "signaal", "haven")
GOAL_MEMBERSHIPS = 2.0
QUERY = SearchQuery(text="vakantie park")


def fill(dice: random.Random, audiences: Sequence[str]) -> None:
    """A document per audience, which is really there, with a text of chance words."""
    indexed(
        *(
            record(
                key=f"document:{knowledge_document(audience).uuid}",
                passages=tuple(
                    Passage(text=" ".join(dice.choices(WORDS, k=120)), page=page)
                    for page in range(1, PAGES + 1)
                ),
                audience=audience,
                title=" ".join(dice.choices(WORDS, k=4)),
            )
            for audience in audiences
        )
    )


def member_of(circles: Sequence[Circle]) -> User:
    person: User = UserFactory()
    for circle in circles:
        circle.grants.create(person=person)
    return person


def searching(person: User) -> Callable[[], object]:
    def ask() -> object:
        page = search(reader_for(person), QUERY)
        assert len(page.hits) == 10
        return page

    return ask


@pytest.mark.django_db
def test_memberships_cost_little(figure: Callable[[str], None]) -> None:
    dice = random.Random(20261122)
    circles = [CircleFactory() for _ in range(CIRCLES)]
    closed = [tokens.circle_token(circle.uuid) for circle in dice.choices(circles, k=CLOSED)]
    is_open = [dice.choice([tokens.PUBLIC, tokens.ACCOUNTS]) for _ in range(OPEN)]
    fill(dice, [*is_open, *closed])
    few, many = member_of(circles[:1]), member_of(circles)
    ratio = compare(searching(many), searching(few), TURNS)
    figure(f"search, member of {CIRCLES} circles against 1 (goal {GOAL_MEMBERSHIPS}): {ratio}")
    client = Client()
    client.force_login(few)
    whole = compare(lambda: client.get("/zoeken/", {"q": QUERY.text}), searching(few), TURNS // 2)
    passages = (OPEN + CLOSED) * PAGES
    figure(f"search page against the search behind it, {passages} passages: {whole}")
    assert ratio.value <= GOAL_MEMBERSHIPS
