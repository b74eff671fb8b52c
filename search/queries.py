"""Ask, authorize, present: the one way from a question to what a reader sees."""

from __future__ import annotations

from kpo.people.reader import Reader
from search.records import SearchPage, SearchQuery, Suggestion


def search(reader: Reader, query: SearchQuery) -> SearchPage:
    """Answer a question with what this reader may read, and nothing that hints at the rest."""
    return SearchPage(0, (), {}, {}, None, None, 1, 0)


def suggest(reader: Reader, text: str, limit: int = 8) -> list[Suggestion]:
    """Titles this reader may read that fit what was typed so far."""
    return []
