"""Fixed templates from a question to OpenSearch queries; nothing a person types is parsed by it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from search.dutch import Word, analyze
from search.expansion import Alternative
from search.fields import EXACT, day_of
from search.questions import Question, Wanted
from search.terms import (
    LONG_WORD,
    LOOSE_SHARE,
    SHORTEST_FUZZY,
    Gate,
    Terms,
    pairs_of,
    swapped,
)

Query = dict[str, Any]
ALL: Query = {"match_all": {}}


def score(terms: Terms, boost: Callable[[str, str, float], float]) -> list[Query]:
    """What ranks, and never filters. `boost` gives that of a field's token; 0 leaves it out."""
    boosts = {term: boost(*term, weight) for term, weight in terms.items() if weight}
    return [
        {"term": {field: {"value": token, "boost": value}}}
        for (field, token), value in boosts.items()
        if value
    ]


def gate(wanted: Wanted, how: Gate) -> Query:
    """What a document must have to count as found at all."""
    must = [_any(map(_phrase, group)) for group in wanted.phrases]
    # Who asks for a phrase has said what must occur; other words then only rank.
    if wanted.words and not wanted.phrases:
        must.append(_any(answers(word, wanted, how) for word in wanted.words))
    return _all(must, never=[_phrase(words) for words in wanted.unwanted])


def answers(word: Word, wanted: Wanted, how: Gate = Gate.WORD) -> Query:
    """The word itself, or what means the same."""
    others = wanted.alternatives.get(word.stem, ()) if how is Gate.WORD else ()
    return _any([has_word(word), *map(_together, others)]) if others else has_word(word, how)


def _together(other: Alternative) -> Query:
    if len(other) == 1:
        return has_word(other[0])
    return _all(_term("body_pairs", pair) for pair in pairs_of(other))


def has_word(word: Word, how: Gate = Gate.WORD) -> Query:
    """The word itself, or all its parts; or what looks like it."""
    if how is Gate.FUZZY:
        return _nearly(word)
    if how is Gate.ALIKE:
        least = max(1, math.ceil(len(word.grams) * LOOSE_SHARE))
        return _any((_term("body_grams", gram) for gram in word.grams), least=least)
    parts = _all(_term("body_parts", part) for part in word.parts)
    return _any([_term("body_parts", word.stem), parts])


def _nearly(word: Word) -> Query:
    """A short word with one letter wrong may share no run of four with what was meant."""
    if len(word.stem) < SHORTEST_FUZZY:
        return _any(_term("body_parts", other) for other in swapped(word.stem))
    distance = 2 if len(word.stem) >= LONG_WORD else 1
    return {"fuzzy": {"body_parts": {"value": word.stem, "fuzziness": distance}}}


def allowed(question: Question, audiences: Iterable[str], *, without: str = "") -> Query:
    """Audience, withheld keys and filters; `without` leaves one filter out, for its counts."""
    must: list[Query] = [{"terms": {"_routing": sorted(audiences)}}]
    chosen = dict(question.filters)
    if question.type:
        chosen["type"] = (question.type,)
    must += [
        {"terms": {name: list(values)}}
        for name, values in chosen.items()
        if name != without and name in EXACT and values
    ]
    if question.since or question.until:
        must.append({"range": {"day": _days(question)}})
    never = [{"terms": {"_id": sorted(question.withheld)}}] if question.withheld else []
    return _all(must, never=never)


def both(*queries: Query) -> Query:
    return _all(queries)


def _days(question: Question) -> Query:
    days = {"gte": day_of(question.since)} if question.since else {"gte": 1}
    return days | ({"lte": day_of(question.until)} if question.until else {})


def _phrase(words: tuple[str, ...]) -> Query:
    if len(words) == 1:
        return has_word(analyze(words[0]))
    return {"match_phrase": {"stems": {"query": " ".join(analyze(w).stem for w in words)}}}


def _term(field: str, token: str) -> Query:
    return {"term": {field: token}}


def _any(queries: Iterable[Query], *, least: int = 1) -> Query:
    return {"bool": {"should": list(queries), "minimum_should_match": least}}


def _all(queries: Iterable[Query], *, never: Iterable[Query] = ()) -> Query:
    return {"bool": {"filter": list(queries) or [ALL], "must_not": list(never)}}
