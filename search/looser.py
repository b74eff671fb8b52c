"""For who found nothing: a wider search that does give results, and the themes it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kpo.people.reader import Reader
from search import addresses, queries
from search.records import SearchQuery

MOST_THEMES = 4
_SYNTAX = re.compile(r'["“”„«»]|(?<!\S)-(?=\S)|\bOR\b')


@dataclass(frozen=True, slots=True)
class Looser:
    """A search with how much it finds, and per theme how much of that."""

    query: SearchQuery
    total: int
    themes: Mapping[str, int] = field(default_factory=dict)


def looser(reader: Reader, query: SearchQuery) -> Looser | None:
    """The first of the wider searches that finds anything."""
    for wider in _wider(query):
        answer = queries.outline(reader, wider)
        if answer.total:
            themes = answer.facets.get("theme", {})
            best = sorted(themes.items(), key=lambda item: (-item[1], item[0]))
            return Looser(wider, answer.total, dict(best[:MOST_THEMES]))
    return None


def _wider(query: SearchQuery) -> Iterator[SearchQuery]:
    """From what was asked: without filters, then as loose words too."""
    bare = addresses.without_filters(query)
    words = " ".join(_SYNTAX.sub(" ", query.text).split())
    if query.text and replace(bare, page=query.page) != query:
        yield bare
    if words and words != query.text:
        yield replace(bare, text=words)
