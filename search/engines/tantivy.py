"""The embedded engine: what everyone with an account may read in one index, all else in another."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tantivy import Occur, Order, Query, Searcher

from search.engines.protocol import FACETS, Answer, Candidate, EngineUnavailableError
from search.engines.tantivy_fields import schema
from search.engines.tantivy_index import CLOSED, OPEN, OPEN_AUDIENCES, Folder
from search.engines.tantivy_queries import Templates, Terms, both, terms_of
from search.questions import Question
from search.weights import Weights

MOST_VALUES = 500
MOST_NAMED = 20

# Gives which folder to serve from, fresh; raises EngineUnavailableError if there is none.
Serving = Callable[[], Folder]


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two indexes, as a question sees it."""

    searcher: Searcher
    allowed: Query
    gate: Query
    score: Query


class TantivyEngine:
    """Ranks closed documents with the open index's term statistics, so that scores compare."""

    name = "tantivy"

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._templates = Templates(schema())

    def ask(self, question: Question, weights: Weights) -> Answer:
        try:
            return self._ask(question, weights)
        except ValueError as error:  # What tantivy raises for everything.
            raise EngineUnavailableError(str(error)) from error

    def _ask(self, question: Question, weights: Weights) -> Answer:
        searchers = self._searchers(question)
        terms = terms_of(question.wanted, weights)
        halves = self._halves(searchers, question, terms, is_loose=False)
        if question.wanted.words and not any(_count(half) for half in halves):
            halves = self._halves(searchers, question, terms, is_loose=True)
        found = [_best(half, question) for half in halves]
        types = self._counts(halves, searchers, question, "type")
        return Answer(
            total=sum(total for total, _ in found),
            candidates=_merged([candidates for _, candidates in found], question),
            named=tuple(self._named(halves, question)),
            types=types,
            facets={name: self._counts(halves, searchers, question, name) for name in FACETS},
            idf=_idf(searchers[0], question),
            missing=frozenset(self._missing(searchers, question)),
        )

    def _searchers(self, question: Question) -> list[Searcher]:
        """The open half, and the closed one for who holds anything of it."""
        folder = self._serving()
        halves = [OPEN] if question.audiences <= OPEN_AUDIENCES else [OPEN, CLOSED]
        return [folder.index(half).searcher() for half in halves]

    def _halves(
        self, searchers: list[Searcher], question: Question, terms: Terms, *, is_loose: bool
    ) -> list[Half]:
        gate = self._templates.gate(question.wanted, is_loose=is_loose)
        allowed = self._templates.allowed(question)
        return [
            Half(
                searcher,
                allowed,
                gate,
                self._templates.score(terms, _correction(searcher, searchers[0])),
            )
            for searcher in searchers
        ]

    def _counts(
        self, halves: list[Half], searchers: list[Searcher], question: Question, name: str
    ) -> dict[str, int]:
        """Documents per value, as if nothing were chosen for this one."""
        allowed = self._templates.allowed(question, without=name)
        counts: Counter[str] = Counter()
        for half in halves:
            request = {"values": {"terms": {"field": name, "size": MOST_VALUES}}}
            found = half.searcher.aggregate(both(half.gate, allowed), request)
            for bucket in found["values"]["buckets"]:
                counts[bucket["key"]] += int(bucket["doc_count"])
        return dict(counts.most_common())

    def _named(self, halves: list[Half], question: Question) -> Iterator[Candidate]:
        if not question.wanted.name or question.wanted.phrases or question.wanted.unwanted:
            return
        named = self._templates.named(question.wanted.name)
        for half in halves:
            found = half.searcher.search(both(named, half.allowed), MOST_NAMED, count=False)
            yield from (_candidate(half.searcher, *hit) for hit in found.hits)

    def _missing(self, searchers: list[Searcher], question: Question) -> Iterator[str]:
        """Counted under the reader's audiences, whatever the filters."""
        bare = Question(question.wanted, question.audiences, question.withheld)
        allowed = self._templates.allowed(bare)
        for word in question.wanted.words:
            query = both(self._templates.has_word(word), allowed)
            if not any(_total(searcher.search(query, 1)) for searcher in searchers):
                yield word.stem

    def known(self) -> Iterable[tuple[str, int, str]]:
        folder = self._serving()
        for half in (OPEN, CLOSED):
            searcher = folder.index(half).searcher()
            if searcher.num_docs:
                hits = searcher.search(Query.all_query(), searcher.num_docs, count=False).hits
                for _, address in hits:
                    document = searcher.doc(address)
                    yield document["key"][0], document["version"][0], document["audience"][0]


def _count(half: Half) -> int:
    return _total(half.searcher.search(both(half.gate, half.allowed), 1))


def _total(found: Any) -> int:
    """The count of a result, which tantivy's own types leave out."""
    return found.count or 0


def _best(half: Half, question: Question) -> tuple[int, list[Candidate]]:
    if question.sort == "date":
        query = both(half.gate, half.allowed)
        found = half.searcher.search(query, question.limit, order_by_field="day", order=Order.Desc)
    else:
        must = [(Occur.Must, half.gate), (Occur.Must, half.allowed)]
        query = Query.boolean_query([*must, (Occur.Should, half.score)])
        found = half.searcher.search(query, question.limit)
    return _total(found), [_candidate(half.searcher, *hit) for hit in found.hits]


def _candidate(searcher: Searcher, value: Any, address: Any) -> Candidate:
    document = searcher.doc(address)
    return Candidate(
        key=document["key"][0],
        value=float(value),
        version=document["version"][0],
        type=document["type"][0],
        is_obsolete=document["is_obsolete"][0],
    )


def _merged(lists: list[list[Candidate]], question: Question) -> tuple[Candidate, ...]:
    """Best first; equal ones by key, so that the order never depends on where they are stored."""
    every = [candidate for candidates in lists for candidate in candidates]
    every.sort(key=lambda candidate: (-candidate.value, candidate.key))
    return tuple(every[: question.limit])


def _rarity(count: int, total: int) -> float:
    """BM25's idf, as Lucene and Tantivy have it."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))


def _correction(searcher: Searcher, open_half: Searcher) -> Callable[[str, str], float]:
    """Turns this index's idf of a term into that of the open one."""
    if searcher is open_half or not searcher.num_docs:
        return lambda field, token: 1.0

    def ratio(field: str, token: str) -> float:
        here = _rarity(min(searcher.doc_freq(field, token), searcher.num_docs), searcher.num_docs)
        seen = min(open_half.doc_freq(field, token), open_half.num_docs)
        return _rarity(seen, open_half.num_docs) / here

    return ratio


def _idf(open_half: Searcher, question: Question) -> Mapping[str, float]:
    total = open_half.num_docs
    return {
        word.stem: _rarity(min(open_half.doc_freq("body_parts", word.stem), total), total)
        for word in question.wanted.words
    }
