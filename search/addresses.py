"""The address of a search: every state of the page is one, to share and to come back to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse

from search.presentation import FACETS, looks, slug_of
from search.records import SearchQuery

NEWEST = "datum"


def address(query: SearchQuery) -> str:
    """Where the page for `query` is."""
    parameters = query_string(query)
    return f"{reverse('search:page')}?{parameters}" if parameters else reverse("search:page")


def query_string(query: SearchQuery) -> str:
    return urlencode(list(parameters(query)))


def parameters(query: SearchQuery) -> Iterator[tuple[str, str]]:
    """Names and values, in a fixed order, so that one search has one address."""
    yield from question(query)
    yield from refinements(query)
    if query.page > 1:
        yield "pagina", str(query.page)


def question(query: SearchQuery) -> Iterator[tuple[str, str]]:
    """What is asked and how it is ordered: what a form of filters has to carry along."""
    if query.text:
        yield "q", query.text
    if query.type and query.type in looks():
        yield "soort", looks()[query.type].slug
    if query.sort == "date":
        yield "volgorde", NEWEST


def refinements(query: SearchQuery) -> Iterator[tuple[str, str]]:
    for facet in FACETS:
        for value in query.filters.get(facet.name, ()):
            yield facet.parameter, slug_of(facet.name, value)
    if query.since:
        yield "van", query.since.isoformat()
    if query.until:
        yield "tot", query.until.isoformat()


def without_value(query: SearchQuery, name: str, value: str) -> SearchQuery:
    """The same search with one filter less, from its first page."""
    left = tuple(other for other in query.filters.get(name, ()) if other != value)
    filters = {**query.filters, name: left}
    return replace(query, filters={key: kept for key, kept in filters.items() if kept}, page=1)


def without_period(query: SearchQuery) -> SearchQuery:
    return replace(query, since=None, until=None, page=1)


def without_filters(query: SearchQuery) -> SearchQuery:
    """Only what was typed, and its order."""
    return replace(query, filters={}, type=None, since=None, until=None, page=1)
