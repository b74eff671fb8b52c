"""Ask, authorize, present: the one way from a question to what a reader sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import structlog
from django.db.models import Case, TextField, Value, When
from django.utils import timezone

from kpo.people.reader import Reader
from search import corrections, generations, hits, pins, ranking, suggestions, synonyms
from search.engines.postgres import PostgresEngine, is_within
from search.engines.protocol import Answer, Candidate, Engine, EngineUnavailableError
from search.evidence import Fields
from search.models import Row, State
from search.questions import Question, Wanted, parse
from search.records import PAGE_SIZE, SearchPage, SearchQuery, Suggestion
from search.stores import store
from search.weights import Weights, weights

DEGRADED = "degraded"
# Nobody turns more pages than this; asking for more gives the last of them.
MOST_PAGES = 100
# Who mistypes more words than this types no question; each is compared with all words of all hits.
MOST_ASTRAY = 4
# Columns that a list of hits does not show.
HEAVY = ("vector", "words", "stems", "vocabulary", "heading_vocabulary", "link_words")

Ranked = TypeVar("Ranked")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """An engine's answer, and whose it is."""

    answer: Answer
    question: Question
    engine: Engine
    notice: str | None
    pinned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """An engine's answer with what of its best hits the reader may read.

    `pinned` are the keys that editors put first for this question, as far as they fit its filters.
    """

    reply: Reply
    rows: dict[str, Row]
    fields: Mapping[str, Fields]
    pinned: tuple[str, ...]


def search(reader: Reader, query: SearchQuery) -> SearchPage:
    """Answer a question with what this reader may read, and nothing that hints at the rest.

    A page beyond the last one is the last one. Without the engine PostgreSQL answers, with the
    notice "degraded" and under the same audiences. Pins stand on the first page and change no
    number: one that was found by its words as well is not shown twice there, and keeps its place
    on a later page.
    """
    weight = weights()
    looked = look(reader, query, weight)
    answer, rows = looked.reply.answer, looked.rows
    pages = min(-(-answer.total // PAGE_SIZE), MOST_PAGES)
    page = max(1, min(query.page, pages))
    ordered = order(looked, weight)
    cut = ordered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    rows |= _rows(reader, [c.key for c in cut if c.key not in rows])
    pinned = pinned_in(looked, ordered) if page == 1 else []
    firsts = {candidate.key for candidate in pinned}
    others = [candidate for candidate in cut if candidate.key not in firsts]
    found, _ = hits.read_again(reader, [*pinned, *others], rows)
    back = {one.candidate.key for one in found}
    shown = sum(candidate.key in back for candidate in cut)
    return SearchPage(
        total=max(answer.total - (len(cut) - shown), shown),
        hits=hits.present(
            reader,
            hits.together(found, firsts, rows, looked.fields, weight),
            rows,
            looked.reply.question.wanted,
            answer,
            looked.fields,
        ),
        types=answer.types,
        facets=answer.facets,
        notice=looked.reply.notice,
        corrected=corrections.corrected(
            reader, query.text, looked.reply.engine, looked.reply.question, answer
        ),
        page=page,
        pages=pages,
        shown=shown,
    )


def look(reader: Reader, query: SearchQuery, weight: Weights) -> Looked:
    """Ask, and read the rows of the best and of what is pinned."""
    reply = _ask(reader, query, weight)
    keys = ranking.keys_to_look_at(reply.answer, weight)
    new = ranking.unseen(keys) if reply.question.wanted.words else ()
    rows = _rows(reader, [*keys, *reply.pinned], with_words=new)
    pinned = tuple(
        key for key in reply.pinned if key in rows and is_within(rows[key], reply.question)
    )
    fields = ranking.fields_of(rows) if reply.question.wanted.words else {}
    return Looked(reply, rows, fields, pinned)


def order(looked: Looked, weight: Weights) -> list[Candidate]:
    """What was found, best first; pins are no part of it."""
    return ranked(ranking.in_order, looked, weight)


def ranked(rank: Callable[..., list[Ranked]], looked: Looked, weight: Weights) -> list[Ranked]:
    """What was found, as one of the functions of `ranking` gives it."""
    return rank(
        looked.reply.answer,
        looked.reply.question,
        looked.fields,
        weight,
        sections=partial(ranking.sections_of, looked.rows),
        today=timezone.localdate(),
    )


def pinned_in(looked: Looked, ordered: Sequence[Candidate]) -> list[Candidate]:
    """The pins as candidates: those that were found, and those that were not."""
    known = {candidate.key: candidate for candidate in ordered}
    rows = looked.rows
    return [
        known.get(key)
        or Candidate(key, 0.0, rows[key].version, rows[key].type, rows[key].is_obsolete)
        for key in looked.pinned
    ]


def outline(reader: Reader, query: SearchQuery) -> Answer:
    """How much there is, and of what, without reading any of it: for proposing other searches."""
    return _ask(reader, query, weights()).answer


def suggest(reader: Reader, text: str, limit: int = 8) -> list[Suggestion]:
    """Titles this reader may read that fit what was typed so far."""
    return suggestions.suggest(reader, text, limit)


def _ask(reader: Reader, query: SearchQuery, weight: Weights) -> Reply:
    known, withheld = generations.snapshot()
    wanted = parse(query.text, synonyms.at(known.synonyms), query.filters.get("theme", ()))
    pinned = _keys_pinned(query, wanted, known)
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
    reply = _answered(known, withheld, question, weight)
    return replace(reply, answer=_with_few_astray(reply.answer, wanted), pinned=pinned)


def _with_few_astray(answer: Answer, wanted: Wanted) -> Answer:
    """Of the words that occur nowhere the first few: only those are taken for typing errors."""
    astray = [word.stem for word in wanted.words if word.stem in answer.missing]
    return replace(answer, missing=frozenset(astray[:MOST_ASTRAY]))


def _keys_pinned(query: SearchQuery, wanted: Wanted, known: State) -> tuple[str, ...]:
    """Pins are for the best first, of plain words."""
    if query.sort != "relevance" or wanted.phrases or wanted.unwanted:
        return ()
    return tuple(pins.keys_for(wanted.name, known.pins, timezone.localdate()))


def _answered(known: State, withheld: frozenset[str], question: Question, weight: Weights) -> Reply:
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


def _rows(reader: Reader, keys: Sequence[str], with_words: Sequence[str] = ()) -> dict[str, Row]:
    """The record rows of these keys, as far as the reader may read them; some with their words."""
    if not keys:
        return {}
    rows = Row.objects.visible_to(reader).records().filter(key__in=keys).defer(*HEAVY)
    if not with_words:
        return {row.key: row for row in rows}
    words = {
        f"{name}_too": Case(
            When(key__in=with_words, then=name), default=Value(""), output_field=TextField()
        )
        for name in ranking.LOOKED_AT
    }
    found = {row.key: row for row in rows.annotate(**words)}
    for key in found.keys() & set(with_words):
        for name in ranking.LOOKED_AT:
            setattr(found[key], name, getattr(found[key], f"{name}_too"))
    return found
