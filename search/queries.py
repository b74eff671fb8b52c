"""Ask, authorize, present: the one way from a question to what a reader sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import structlog
from django.utils import timezone

from kpo.people.reader import Reader
from search import corrections, generations, hits, ranking, suggestions, synonyms
from search.engines.postgres import PostgresEngine
from search.engines.protocol import Answer, Engine, EngineUnavailableError
from search.models import Row, State
from search.questions import Question, Wanted, parse
from search.records import PAGE_SIZE, SearchPage, SearchQuery, Suggestion
from search.stores import store
from search.weights import Weights, weights

DEGRADED = "degraded"
# Nobody turns more pages than this; asking for more gives the last of them.
MOST_PAGES = 100
# Columns that a list of hits does not show.
HEAVY = ("vector", "words", "stems", "vocabulary", "heading_vocabulary", "link_words")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """An engine's answer, and whose it is."""

    answer: Answer
    question: Question
    engine: Engine
    notice: str | None


def search(reader: Reader, query: SearchQuery) -> SearchPage:
    """Answer a question with what this reader may read, and nothing that hints at the rest.

    A page beyond the last one is the last one. Without the engine PostgreSQL answers, with the
    notice "degraded" and under the same audiences.
    """
    weight = weights()
    reply = _ask(reader, query, weight)
    wanted = reply.question.wanted
    rows = _rows(reader, ranking.keys_to_look_at(reply.answer, weight))
    fields = ranking.fields_of(rows) if wanted.words else {}
    ordered = ranking.in_order(
        reply.answer,
        reply.question,
        fields,
        weight,
        sections=partial(ranking.sections_of, rows),
        today=timezone.localdate(),
    )
    pages = min(-(-reply.answer.total // PAGE_SIZE), MOST_PAGES)
    page = max(1, min(query.page, pages))
    shown = ordered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    rows |= _rows(reader, [c.key for c in shown if c.key not in rows])
    found, refused = hits.read_again(reader, shown, rows)
    return SearchPage(
        total=max(reply.answer.total - refused, len(found)),
        hits=hits.present(reader, found, rows, wanted, reply.answer, fields),
        types=reply.answer.types,
        facets=reply.answer.facets,
        notice=reply.notice,
        corrected=corrections.corrected(
            reader, query.text, reply.engine, reply.question, reply.answer
        ),
        page=page,
        pages=pages,
    )


def outline(reader: Reader, query: SearchQuery) -> Answer:
    """How much there is, and of what, without reading any of it: for proposing other searches."""
    return _ask(reader, query, weights()).answer


def suggest(reader: Reader, text: str, limit: int = 8) -> list[Suggestion]:
    """Titles this reader may read that fit what was typed so far."""
    return suggestions.suggest(reader, text, limit)


def _ask(reader: Reader, query: SearchQuery, weight: Weights) -> Reply:
    known, withheld = generations.snapshot()
    wanted = parse(query.text, synonyms.at(known.synonyms), query.filters.get("theme", ()))
    question = Question(
        wanted=wanted,
        audiences=reader.audiences,
        type=query.type or None,
        filters={name: tuple(values) for name, values in query.filters.items() if values},
        since=query.since,
        until=query.until,
        sort=query.sort,
        limit=_limit(query, wanted, weight),
    )
    try:
        return _from_index(known, replace(question, withheld=withheld), weight)
    except EngineUnavailableError as error:
        reason = str(error)
    # Between our look at the database and the index a writer may have moved on: look again.
    again, withheld = generations.snapshot()
    if again.commit != known.commit or again.pending_commit != known.pending_commit:
        try:
            return _from_index(again, replace(question, withheld=withheld), weight)
        except EngineUnavailableError as error:
            reason = str(error)
    log.warning("search.degraded", reason=reason)
    engine = PostgresEngine()
    return Reply(engine.ask(question, weight), question, engine, DEGRADED)


def _from_index(known: State, question: Question, weight: Weights) -> Reply:
    engine = store().engine(lambda: generations.serving(known))
    return Reply(engine.ask(question, weight), question, engine, None)


def _limit(query: SearchQuery, wanted: Wanted, weight: Weights) -> int:
    """How many candidates to ask for.

    Where many are equal, as in a list by date, every page must be cut from the same ones.
    """
    is_scored = query.sort == "relevance" and not wanted.is_empty
    if is_scored and query.page * PAGE_SIZE <= weight.looked_at:
        return weight.looked_at
    return MOST_PAGES * PAGE_SIZE


def _rows(reader: Reader, keys: Sequence[str]) -> dict[str, Row]:
    """The record rows of these keys, as far as the reader may read them."""
    if not keys:
        return {}
    rows = Row.objects.visible_to(reader).records().filter(key__in=keys)
    return {row.key: row for row in rows.defer(*HEAVY)}
