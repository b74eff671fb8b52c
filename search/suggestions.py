"""Titles to jump to while typing, under the reader's rights."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Case, Q, Value, When
from django.db.models.functions import Length

from kpo.people.reader import Reader
from search.dutch import fold, tokens
from search.models import Row
from search.records import Suggestion
from search.sources import source_of

SHORTEST = 2
LONGEST = 80
MOST_WORDS = 6
THEME = "theme"


def suggest(reader: Reader, text: str, limit: int) -> list[Suggestion]:
    """At most `limit` titles that have every word typed, themes and beginnings first."""
    typed = fold(text[:LONGEST].replace("\0", " ")).strip()
    words = list(dict.fromkeys(word for word, _, _ in tokens(typed)))[:MOST_WORDS]
    if not words or len(typed) < SHORTEST:
        return []
    rows = Row.objects.visible_to(reader).records().filter(is_obsolete=False)
    for word in words:
        rows = rows.filter(label__contains=word)
    rows = rows.order_by(
        *(_first(Q(label__startswith=typed)), _first(Q(type=THEME))),
        _first(Q(label__startswith=words[0]) | Q(label__contains=f" {words[0]}")),
        Length("title"),
        "key",
    )
    found = list(rows.values_list("key", "type", "title", "url")[: 2 * limit])
    readable = _readable(reader, [(key, type_) for key, type_, _, _ in found])
    kept = [Suggestion(title, url, type_) for key, type_, title, url in found if key in readable]
    return kept[:limit]


def _first(condition: Q) -> Any:
    """Sorts what meets the condition before what does not."""
    return Case(When(condition, then=Value(0)), default=Value(1))


def _readable(reader: Reader, found: list[tuple[str, str]]) -> set[str]:
    """Those that come back through `visible_to`; one query per type."""
    by_type: dict[str, list[str]] = defaultdict(list)
    for key, type_ in found:
        by_type[type_].append(key.partition(":")[2])
    readable: set[str] = set()
    for type_, uuids in by_type.items():
        source = source_of(type_)
        if source is not None:
            rows = source.visible_to(reader).filter(uuid__in=uuids)
            readable |= {f"{type_}:{uuid}" for uuid in rows.values_list("uuid", flat=True)}
    return readable


def readable_themes(reader: Reader) -> list[tuple[str, str]]:
    """Slug and title of the themes this reader may read, by title."""
    rows = Row.objects.visible_to(reader).records().filter(type=THEME, is_obsolete=False)
    found = list(rows.order_by("title").values_list("key", "themes", "title"))
    readable = _readable(reader, [(key, THEME) for key, _, _ in found])
    return [(themes[0], title) for key, themes, title in found if key in readable and themes]
