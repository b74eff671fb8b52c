"""OpenSearch as engine: two requests per question, how rare its words are and then all else."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pybreaker import CircuitBreaker, CircuitBreakerError

from search.engines import opensearch_queries as templates
from search.engines.halves import CLOSED, OPEN, OPEN_AUDIENCES
from search.engines.opensearch_fields import NOTE
from search.engines.opensearch_index import OpenSearchIndex, lacking, reported
from search.engines.opensearch_queries import Query
from search.engines.protocol import (
    FACETS,
    TYPE,
    Answer,
    Candidate,
    EngineUnavailableError,
    IndexLostError,
    chosen,
    merged,
)
from search.engines.statistics import rarity
from search.questions import Question
from search.terms import Gate, Terms, terms_of
from search.weights import Weights

MOST_VALUES = 500
MOST_NAMED = 20
SHOWN = ["version", "type", "is_obsolete"]
# Lucene dropped the constant k1 + 1 from BM25 (LUCENE-8563); beside evidence the scale counts.
LUCENE_LEAVES_OUT = 2.2
Body = dict[str, Any]

# Gives which index to ask; raises EngineUnavailableError if there is none.
Serving = Callable[[], OpenSearchIndex]


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many documents of one half have each token in each field, and each field at all."""

    counts: Mapping[tuple[str, str], int]
    documents: Mapping[str, int]

    @property
    def total(self) -> int:
        """Every record has a title, and so something in this field."""
        return self.documents.get("body_parts", 0)

    def own_rarity(self, field: str, token: str) -> float:
        """As this half itself reckons it: among the documents that have the field."""
        return rarity(self.counts[field, token], self.documents[field])

    def rarity(self, field: str, token: str) -> float:
        """As Tantivy reckons it: among all documents."""
        return rarity(self.counts.get((field, token), 0), self.total)


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two indexes, as a question sees it."""

    index: str
    audiences: frozenset[str]
    score: Sequence[Query]


@dataclass(frozen=True, slots=True)
class Found:
    """What one way of asking came to, over both halves."""

    total: int
    candidates: tuple[Candidate, ...]
    counts: Mapping[str, Mapping[str, int]]


class OpenSearchEngine:
    """Ranks closed documents with the open index's term statistics, so that scores compare."""

    name = "opensearch"

    def __init__(self, serving: Serving, breaker: CircuitBreaker, seconds: float) -> None:
        self._serving = serving
        self._breaker = breaker
        self._seconds = seconds

    def ask(self, question: Question, weights: Weights) -> Answer:
        try:
            answer: Answer = self._breaker.call(self._ask, question, weights)
        except CircuitBreakerError as error:
            raise EngineUnavailableError("OpenSearch failed just now and is left alone.") from error
        return answer

    def _ask(self, question: Question, weights: Weights) -> Answer:
        index = self._serving()
        with reported():
            return Inquiry(index, question, weights, self._seconds).answer()


class Inquiry:
    """One question, put to one generation of the index."""

    def __init__(
        self, index: OpenSearchIndex, question: Question, weights: Weights, seconds: float
    ) -> None:
        self._until = time.monotonic() + seconds
        self._index = index
        self._question = question
        audiences = {OPEN: question.audiences & OPEN_AUDIENCES}
        if closed := question.audiences - OPEN_AUDIENCES:
            audiences[CLOSED] = closed
        terms = terms_of(question.wanted, weights)
        known = self._statistics(list(audiences), terms)
        self._open = known[OPEN]
        self._halves = [
            Half(index.name_of(half), held, self._score(terms, known[half]))
            for half, held in audiences.items()
        ]

    def answer(self) -> Answer:
        question = self._question
        ways = list(Gate) if question.wanted.words else [Gate.WORD]
        beside = [body for half in self._halves for body in self._beside(half)]
        found, answers = self._through(ways[0], beside)
        for how in ways[1:]:
            if found.total:
                break
            found, _ = self._through(how, [])
        self._index.verify(_source(answer) for answer in answers[::3])
        return Answer(
            total=found.total,
            candidates=found.candidates,
            named=merged((_candidates(answer, question) for answer in answers[1::3]), MOST_NAMED),
            types=found.counts[TYPE],
            facets={name: found.counts[name] for name in FACETS},
            idf={
                word.stem: self._open.rarity("body_parts", word.stem)
                for word in question.wanted.words
            },
            missing=self._missing(answers[2::3]),
        )

    # --- How rare each token is ---
    def _statistics(self, halves: Sequence[str], terms: Terms) -> dict[str, Statistics]:
        """Counts from the cluster's own term dictionaries, by a document that is not stored."""
        texts: dict[str, list[str]] = {"body_parts": []}
        for field, token in terms:
            texts.setdefault(field, []).append(token)
        document = {field: " ".join(tokens) or NOTE for field, tokens in texts.items()}
        asked: Body = {"doc": document, "fields": list(document), "routing": NOTE}
        asked |= {"term_statistics": True, "positions": False, "offsets": False}
        body = {"docs": [{"_index": self._index.name_of(half), **asked} for half in halves]}
        answers = self._index.cluster.mtermvectors(body=body, **self._in_time())["docs"]
        return {half: _counted(answer) for half, answer in zip(halves, answers, strict=True)}

    def _score(self, terms: Terms, half: Statistics) -> list[Query]:
        """Boosts that turn a half's own statistics into those of the open half."""

        def boost(field: str, token: str, weight: float) -> float:
            if not half.counts.get((field, token)):
                return 0.0
            change = self._open.rarity(field, token) / half.own_rarity(field, token)
            return weight * change * LUCENE_LEAVES_OUT

        return templates.score(terms, boost)

    # --- Asking ---
    def _through(self, how: Gate, beside: list[Body]) -> tuple[Found, list[Any]]:
        """Ask in one request for what passes this gate, and what is asked besides."""
        bodies = [body for half in self._halves for body in self._main(half, how)]
        answers = self._ask([*bodies, *beside])
        return self._found(answers[: len(bodies) // 2]), answers[len(bodies) // 2 :]

    def _ask(self, lines: list[Body]) -> list[Any]:
        """Answers to pairs of header and body; raises EngineUnavailableError for a part of one."""
        answers = self._index.cluster.msearch(body=lines, **self._in_time())["responses"]
        for answer in answers:
            if "error" in answer:
                raise lacking(answer["error"])
            if answer["timed_out"] or answer["_shards"]["failed"]:
                raise EngineUnavailableError("OpenSearch answered in part.")
        return list(answers)

    def _main(self, half: Half, how: Gate) -> Iterator[Body]:
        """The hits with the counts of every facet that nothing is chosen for; then the others."""
        question = self._question
        gate = templates.gate(question.wanted, how)
        together = [name for name in (TYPE, *FACETS) if name not in chosen(question)]
        allowed = templates.allowed(question, half.audiences)
        hits: Body = {"size": question.limit, "track_total_hits": True, "_source": SHOWN}
        if question.sort == "date":
            hits |= {"query": templates.both(gate, allowed), "sort": [{"day": "desc"}]}
        else:
            hits["query"] = {"bool": {"filter": [gate, allowed], "should": list(half.score)}}
        yield from ({"index": half.index}, hits | {"aggs": _per_value(together)})
        for name in chosen(question):
            allowed = templates.allowed(question, half.audiences, without=name)
            query = templates.both(gate, allowed)
            yield from ({"index": half.index}, _counting(query, _per_value([name])))

    def _beside(self, half: Half) -> Iterator[Body]:
        """Whose index it is, what bears the very name, and which words occur at all."""
        question = self._question
        yield from ({"index": half.index}, {"query": {"ids": {"values": [NOTE]}}, "size": 1})
        wanted = question.wanted
        is_named = wanted.name and not wanted.phrases and not wanted.unwanted
        allowed = templates.allowed(question, half.audiences)
        named = templates.both({"term": {"name": wanted.name}}, allowed)
        size = MOST_NAMED if is_named else 0
        yield from ({"index": half.index}, {"query": named, "size": size, "_source": SHOWN})
        bare = replace(question, type=None, filters={}, since=None, until=None)
        occurs = {word.stem: templates.answers(word, wanted) for word in wanted.words}
        words = {"words": {"filters": {"filters": occurs}}} if occurs else {}
        query = templates.allowed(bare, half.audiences)
        yield from ({"index": half.index}, _counting(query, words))

    def _in_time(self) -> dict[str, float]:
        """What is left of the seconds that this question may take, whatever went before."""
        return {"request_timeout": max(self._until - time.monotonic(), 0.01)}

    # --- Reading answers ---
    def _found(self, answers: Sequence[Any]) -> Found:
        question = self._question
        per_half = 1 + len(chosen(question))
        mains = answers[::per_half]
        counts: dict[str, Counter[str]] = {name: Counter() for name in (TYPE, *FACETS)}
        for answer in answers:
            for name, counted in answer.get("aggregations", {}).items():
                counts[name].update({b["key"]: int(b["doc_count"]) for b in counted["buckets"]})
        return Found(
            total=sum(int(answer["hits"]["total"]["value"]) for answer in mains),
            candidates=merged((_candidates(a, question) for a in mains), question.limit),
            counts={name: dict(counted.most_common()) for name, counted in counts.items()},
        )

    def _missing(self, answers: Sequence[Any]) -> frozenset[str]:
        words = self._question.wanted.words
        found = [answer["aggregations"]["words"]["buckets"] for answer in answers if words]
        return frozenset(
            word.stem
            for word in words
            if not any(buckets[word.stem]["doc_count"] for buckets in found)
        )


def _counted(answer: Mapping[str, Any]) -> Statistics:
    if "error" in answer:
        raise lacking(answer["error"])
    counts: dict[tuple[str, str], int] = {}
    documents: dict[str, int] = {}
    for field, known in answer["term_vectors"].items():
        documents[field] = max(int(known["field_statistics"]["doc_count"]), 0)
        for token, numbers in known["terms"].items():
            counts[field, token] = min(int(numbers.get("doc_freq", 0)), documents[field])
    return Statistics(counts, documents)


def _candidates(answer: Mapping[str, Any], question: Question) -> Iterable[Candidate]:
    for hit in answer["hits"]["hits"]:
        source = hit["_source"]
        is_dated = "sort" in hit and question.sort == "date"
        value = hit["sort"][0] if is_dated else hit["_score"]
        yield Candidate(
            key=hit["_id"],
            value=float(value),
            version=source["version"],
            type=source["type"],
            is_obsolete=source["is_obsolete"],
        )


def _source(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    hits = answer["hits"]["hits"]
    if not hits:
        raise IndexLostError("The index has no note.")
    source: Mapping[str, Any] = hits[0]["_source"]
    return source


def _per_value(names: Iterable[str]) -> Body:
    return {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}


def _counting(query: Query, aggregations: Body) -> Body:
    return {"query": query, "size": 0, "aggs": aggregations}
