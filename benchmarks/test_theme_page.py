"""What the reading rule costs: a theme page against the same page on stock Wagtail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from pytest_django import Settings
from wagtail.models import Page, Site
from wagtail.models import sites as wagtail_sites

from benchmarks.ratio import compare
from benchmarks.stock_site.models import StockDocument, StockRoot, StockTheme
from kpo.people import tokens
from kpo.people.models import User
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import CircleFactory, UserFactory

TURNS = 80
GOAL = 1.5
HOST = "stock.example"
DOCUMENTS = 10
# What KPO's own middleware and context processors are called; on stock Wagtail they are not there.
OWN = ("kpo.audit", "kpo.people", "kpo.pages")

CONTENT: dict[str, Any] = {
    "summary": "Waar het over gaat, in een zin of twee.",
    "what": "<p>Uitleg van een paar regels, met een woord en nog een woord.</p>" * 6,
    "manifestations": [
        ("manifestation", {"title": f"Vorm {n}", "text": "Wat er gebeurt."}) for n in range(6)
    ],
    "signals": [
        ("signal", {"title": f"Signaal {n}", "text": "Waarom.", "seen_where": "Balie"})
        for n in range(12)
    ],
    "interventions": [
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
}


def our_address() -> str:
    """A full theme page: the StreamFields of one that is worth reading, and ten documents."""
    theme = theme_page(tokens.ACCOUNTS, **CONTENT)
    for number in range(DOCUMENTS):
        knowledge_document((tokens.PUBLIC, tokens.ACCOUNTS)[number % 2], themes=[theme])
    return str(theme.url)


def stock_address() -> str:
    """The same, of plain pages on a site of their own, with a menu of five."""
    root: Any = Page.get_first_root_node()
    home = root.add_child(instance=StockRoot(title="Start", slug="stock"))
    Site.objects.create(hostname=HOST, root_page=home)
    for number in range(5):
        home.add_child(
            instance=StockRoot(title=f"Menu {number}", slug=f"menu-{number}", show_in_menus=True)
        )
    above = home.get_children().first().specific
    theme = above.add_child(instance=StockTheme(title="Thema", slug="thema", **CONTENT))
    for number in range(DOCUMENTS):
        page = StockDocument(title=f"Document {number}", slug=f"stuk-{number}", kind="factsheet")
        page.themes = [theme]
        above.add_child(instance=page)
    return "/menu-0/thema/"


@contextmanager
def stock_wagtail() -> Iterator[None]:
    """Without our context processor, and with a cache in memory, as Wagtail's handbook advises."""
    engine: Any = engines["django"]
    processors = engine.engine.template_context_processors
    stock = tuple(p for p in processors if not p.__module__.startswith(OWN))
    with (
        patch.dict(vars(engine.engine), template_context_processors=stock),
        patch.object(wagtail_sites, "cache", CACHE),
    ):
        yield


CACHE = LocMemCache("stock", {})


def stock_client(person: User, middleware: list[str]) -> Client:
    """Signed in, past the middleware of Django and the libraries only."""
    client = Client(headers={"host": HOST})
    client.force_login(person)
    kept = [name for name in middleware if not name.startswith(OWN)]
    with override_settings(MIDDLEWARE=kept):
        client.handler.load_middleware()
    return client


def member() -> User:
    person: User = UserFactory()
    for _ in range(50):
        CircleFactory().grants.create(person=person)
    return person


@pytest.mark.django_db
def test_theme_page_costs_little_more_than_stock_wagtail(
    settings: Settings, figure: Callable[[str], None]
) -> None:
    address, other = our_address(), stock_address()
    person = member()
    client = Client()
    client.force_login(person)
    plain = stock_client(person, list(settings.MIDDLEWARE))

    def ours() -> bytes:
        answer = client.get(address)
        assert answer.status_code == 200
        return answer.content

    def stock() -> bytes:
        with stock_wagtail():
            answer = plain.get(other)
        assert answer.status_code == 200
        return answer.content

    figure(f"theme page: {shape(ours)}; on stock Wagtail: {shape(stock)}")
    ratio = compare(ours, stock, TURNS)
    figure(f"theme page, member of 50 circles, against stock Wagtail (goal {GOAL}): {ratio}")
    assert ratio.value <= GOAL


def shape(page: Callable[[], bytes]) -> str:
    """Queries and bytes, by which to see that the two are alike."""
    page()
    with CaptureQueriesContext(connection) as captured:
        content = page()
    for words in (b"Signaal 11", b"artikel 13b Opiumwet", b"Vorm 5"):
        assert words in content
    return f"{len(captured)} queries, {len(content) // 1024} kB"
