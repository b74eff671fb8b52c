"""What searching costs: the engine's share, the whole page, and membership of many circles."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.test import Client

from benchmarks.ratio import compare
from kpo.people import tokens
from kpo.people.reader import reader_for
from search.queries import search
from search.records import Passage, SearchQuery
from tests.factories.pages import make_site
from tests.factories.people import CircleFactory, UserFactory
from tests.factories.search import indexed, record

TURNS = 40
RECORDS = 300
WORDS = ("park", "vakantie", "toezicht", "eigenaar", "gemeente", "controle", "signaal", "haven")
GOAL_MEMBERSHIPS = 2.0


def fill(dice: random.Random) -> None:
    indexed(
        *(
            record(
                passages=tuple(
                    Passage(text=" ".join(dice.choices(WORDS, k=120)), page=page)
                    for page in range(1, 6)
                ),
                audience=dice.choice([tokens.PUBLIC, tokens.ACCOUNTS]),
                title=" ".join(dice.choices(WORDS, k=4)),
            )
            for _ in range(RECORDS)
        )
    )


@pytest.mark.django_db
def test_memberships_cost_little(figure: Callable[[str], None]) -> None:
    make_site()
    fill(random.Random(20261122))
    few, many = UserFactory(), UserFactory()
    CircleFactory().grants.create(person=few)
    for _ in range(500):
        CircleFactory().grants.create(person=many)
    query = SearchQuery(text="vakantie park")

    def of(person: object) -> Callable[[], object]:
        return lambda: search(reader_for(person), query)

    ratio = compare(of(many), of(few), TURNS)
    figure(f"search, member of 500 circles against 1 (goal {GOAL_MEMBERSHIPS}): {ratio}")
    client = Client()
    client.force_login(few)
    whole = compare(lambda: client.get("/zoeken/", {"q": "vakantie park"}), of(few), TURNS // 2)
    figure(f"search page against the search behind it, {RECORDS * 5} passages: {whole}")
    assert ratio.value <= GOAL_MEMBERSHIPS
