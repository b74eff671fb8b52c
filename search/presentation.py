"""How types and facets are named on screen and in addresses; the upper floors bring the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from kpo.people.choices import Region
from kpo.people.reader import Reader
from search.records import SearchPage, SearchQuery
from search.sources import all_sources

# Given a reader and values, the words for those that this reader may know of. A value without
# words is shown nowhere, and a filter on it is left out.
Labels = Callable[[Reader, Iterable[str]], Mapping[str, str]]
YEAR = re.compile(r"[12]\d{3}")


@dataclass(frozen=True)
class Link:
    label: str
    url: str


StartLinks = Callable[[HttpRequest], Iterable[Link]]


def nothing_to_add(row: Any) -> list[str]:
    return []


@dataclass(frozen=True)
class TypeLook:
    """How a type of hit looks.

    `tab` is its plural on the tab, `name` its singular, `slug` its word in an address. `describe`
    gives what the line above the title says of a row; empty: the name. `about` gives the address
    of the page about a row whose hits open a file. `is_reviewed` says whether the type carries a
    review, so that a hit says how far it can be trusted.
    """

    tab: str
    name: str
    slug: str
    icon: str
    describe: Callable[[Any], list[str]] = nothing_to_add
    about: Callable[[Any], str] | None = None
    is_reviewed: bool = False


@dataclass(frozen=True)
class Facet:
    """`name` as in SearchQuery.filters, `parameter` as in the address."""

    name: str
    parameter: str
    heading: str


# In the order of the page.
FACETS = (
    Facet("theme", "thema", "Thema"),
    Facet("kind", "document", "Soort document"),
    Facet("review_state", "beoordeling", "Beoordeling"),
    Facet("region", "regio", "Regio"),
    Facet("organisation", "organisatie", "Organisatie"),
    Facet("year", "jaar", "Jaar"),
)


def same_words(reader: Reader, values: Iterable[str]) -> Mapping[str, str]:
    return {value: value for value in values}


def region_names(reader: Reader, values: Iterable[str]) -> Mapping[str, str]:
    return {value: Region(value).label for value in values if value in Region.values}


def years(reader: Reader, values: Iterable[str]) -> Mapping[str, str]:
    return {value: value for value in values if YEAR.fullmatch(value)}


@dataclass
class _Words:
    """What is registered: filled while the apps start, read afterwards."""

    looks: dict[str, TypeLook] = field(default_factory=dict)
    labels: dict[str, Labels] = field(default_factory=dict)
    slugs: dict[str, dict[str, str]] = field(default_factory=dict)
    start_links: list[StartLinks] = field(default_factory=list)


_words = _Words(labels={"organisation": same_words, "region": region_names, "year": years})


def register_type(type_: str, look: TypeLook) -> None:
    """Say how hits of `type_` look. The tabs stand in the order of registering."""
    _words.looks[type_] = look


def register_facet_labels(
    name: str, labels: Labels, *, slugs: Mapping[str, str] | None = None
) -> None:
    """Say what the values of facet `name` are called.

    `slugs` maps values to the words that stand for them in an address; a value without one
    stands there itself.
    """
    _words.labels[name] = labels
    _words.slugs[name] = dict(slugs or {})


def register_start_links(links: StartLinks) -> None:
    """Offer places to begin, for who has not searched yet or found nothing."""
    if links not in _words.start_links:
        _words.start_links.append(links)


def looks() -> Mapping[str, TypeLook]:
    """The look of every type that can be found, also of one of which only a label is known."""
    plain = {
        source.type: TypeLook(source.label, source.label, source.type, "file-text")
        for source in all_sources()
        if source.type not in _words.looks
    }
    return _words.looks | plain


def slug_of(name: str, value: str) -> str:
    """The word for a facet's value in an address."""
    return _words.slugs.get(name, {}).get(value, value)


def value_of(name: str, slug: str) -> str:
    """The facet's value that a word in an address stands for."""
    values = {slug: value for value, slug in _words.slugs.get(name, {}).items()}
    return values.get(slug, slug)


def type_of(slug: str) -> str | None:
    """The type that a word in an address stands for; None for an unknown word."""
    return next((type_ for type_, look in looks().items() if look.slug == slug), None)


def start_links(request: HttpRequest) -> list[Link]:
    return [link for links in _words.start_links for link in links(request)]


class LabelBook:
    """The words for facet values in one request; asks for each value once."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._known: dict[str, dict[str, str | None]] = {facet.name: {} for facet in FACETS}

    def labels(self, name: str, values: Iterable[str]) -> dict[str, str]:
        """The values that have words for this reader, with those words."""
        known, wanted = self._known[name], list(values)
        new = [value for value in wanted if value not in known]
        if new:
            found = _words.labels[name](self.reader, new) if name in _words.labels else {}
            known.update({value: found.get(value) for value in new})
        return {value: label for value in wanted if (label := known[value]) is not None}

    def known_filters(self, query: SearchQuery, page: SearchPage) -> dict[str, tuple[str, ...]]:
        """The filters that have words for this reader.

        Asks for what the answer's facets need in the same breath: one question per facet.
        """
        known = {}
        for name, values in query.filters.items():
            labels = self.labels(name, [*values, *page.facets.get(name, ())])
            known[name] = tuple(value for value in values if value in labels)
        return {name: values for name, values in known.items() if values}
