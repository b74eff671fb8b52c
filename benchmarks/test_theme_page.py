"""What the reading rule costs: a theme page against the same page on stock Wagtail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from benchmarks.ratio import compare
from benchmarks.stock import stock_wagtail
from kpo.people import tokens
from tests.factories.pages import knowledge_document, make_site, theme_page
from tests.factories.people import CircleFactory, UserFactory

TURNS = 60
GOAL = 1.5


@pytest.fixture
def address(db: None) -> str:
    """A full theme page: the StreamFields of one that is worth reading, and ten documents."""
    make_site()
    theme = theme_page(
        tokens.ACCOUNTS,
        summary="Waar het over gaat, in een zin of twee.",
        what="<p>Uitleg van een paar regels, met een woord en nog een woord.</p>" * 6,
        manifestations=[
            ("manifestation", {"title": f"Vorm {n}", "text": "Wat er gebeurt."}) for n in range(6)
        ],
        signals=[
            ("signal", {"title": f"Signaal {n}", "text": "Waarom.", "seen_where": "Balie"})
            for n in range(12)
        ],
        interventions=[
            (
                "intervention",
                {
                    "partner": partner,
                    "title": f"Wat die doet {n}",
                    "how": "Zo gaat het.",
                    "legal_basis": "artikel 13b Opiumwet",
                    "weight": "",
                    "document": None,
                },
            )
            for n in range(6)
            for partner in ("municipality", "police")
        ],
    )
    for number in range(10):
        audience = (tokens.PUBLIC, tokens.ACCOUNTS)[number % 2]
        knowledge_document(audience, themes=[theme])
    return str(theme.url)


@pytest.mark.django_db
def test_theme_page_costs_little_more_than_stock_wagtail(
    address: str, settings: Settings, figure: Callable[[str], None]
) -> None:
    person = UserFactory()
    for _ in range(50):
        CircleFactory().grants.create(person=person)
    signed_in, stranger = Client(), Client()
    signed_in.force_login(person)
    middleware = list(settings.MIDDLEWARE)

    def ours() -> None:
        assert signed_in.get(address).status_code == 200

    def stock() -> None:
        with stock_wagtail(middleware):
            # The handler reads the middleware when it is made, so each way has its own.
            assert stranger.get(address).status_code == 200

    ratio = compare(ours, stock, TURNS)
    figure(f"theme page, member of 50 circles, against stock Wagtail (goal {GOAL}): {ratio}")
    assert ratio.value <= GOAL
