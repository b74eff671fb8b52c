"""The embedded engine: what everyone with an account may read in one index, all else in another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tantivy import Occur, Order, Query, Searcher

from search.dutch import Word
from search.engines.halves import CLOSED, OPEN, OPEN_AUDIENCES
from search.engines.protocol import (
    FACETS,
    TYPE,
    Answer,
    Candidate,
    EngineUnavailableError,
    chosen,
    merged,
)
from search.engines.statistics import rarity
from search.engines.tantivy_fields import schema
from search.engines.tantivy_index import Folder
from search.engines.tantivy_queries import Templates, both
from search.questions import Question
from search.terms import Gate, Terms, terms_of
from search.weights import Weights

MOST_VALUES = 500
MOST_NAMED = 20

# Gives which folder to serve from, fresh; raises EngineUnavailableError if there is none.
Serving = Callable[[], Folder]


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two indexes, as a question sees it.

    `audiences` are the reader's as far as anything in this half has them, so that a member of many
    communities asks no more of it than there is to ask.
    """

    searcher: Searcher
    audiences: frozenset[str]
    withheld: frozenset[str]
    score: Query


@dataclass(frozen=True, slots=True)
class Found:
    """What one way of asking came to: the gate that was used, and per half total and best."""

    gate: Query
    totals: list[int]
    candidates: list[list[Candidate]]


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
        halves = self._halves(question, terms_of(question.wanted, weights))
        found = self._find(halves, question)
        counts = self._counts(halves, question, found)
        return Answer(
            total=sum(found.totals),
            candidates=merged(found.candidates, question.limit),
            named=tuple(self._named(halves, question)),
            types=counts["type"],
            facets={name: counts[name] for name in FACETS},
            idf=_idf(halves[0].searcher, question),
            missing=frozenset(self._missing(halves, question)),
        )

    def _halves(self, question: Question, terms: Terms) -> list[Half]:
        """The open half, and the closed one for who holds anything that is in it."""
        folder = self._serving()
        open_half = folder.index(OPEN).searcher()
        halves = [self._half(open_half, open_half, question, OPEN_AUDIENCES, terms)]
        closed = question.audiences - OPEN_AUDIENCES
        if closed:
            searcher = folder.index(CLOSED).searcher()
            half = self._half(searcher, open_half, question, closed, terms)
            halves += [half] if half.audiences else []
        return halves

    def _half(
        self,
        searcher: Searcher,
        open_half: Searcher,
        question: Question,
        among: frozenset[str],
        terms: Terms,
    ) -> Half:
        held = question.audiences & among
        return Half(
            searcher,
            frozenset(token for token in held if searcher.doc_freq("audience", token)),
            frozenset(key for key in question.withheld if searcher.doc_freq("key", key)),
            self._templates.score(terms, _correction(searcher, open_half)),
        )

    def _find(self, halves: list[Half], question: Question) -> Found:
        """What has a word that was asked; with nothing of the kind, what has one that looks so."""
        for how in Gate:
            found = self._through(how, halves, question)
            if any(found.totals) or not question.wanted.words:
                break
        return found

    def _through(self, how: Gate, halves: list[Half], question: Question) -> Found:
        gate = self._templates.gate(question.wanted, how)
        found = [_best(half, gate, self._allowed(half, question), question) for half in halves]
        return Found(gate, [total for total, _ in found], [best for _, best in found])

    def _allowed(self, half: Half, question: Question, *, without: str | None = None) -> Query:
        mine = replace(question, audiences=half.audiences, withheld=half.withheld)
        return self._templates.allowed(mine, without=without)

    def _counts(
        self, halves: list[Half], question: Question, found: Found
    ) -> dict[str, dict[str, int]]:
        """Documents per value of every facet, each as if nothing were chosen for it.

        Where nothing is chosen that is the same question, which is asked once for all of them.
        """
        picked = chosen(question)
        together = [name for name in (TYPE, *FACETS) if name not in picked]
        counts: dict[str, Counter[str]] = {name: Counter() for name in (TYPE, *FACETS)}
        for half, total in zip(halves, found.totals, strict=True):
            asked = [(together, None)] if total else []
            for names, without in [*asked, *(([name], name) for name in picked)]:
                allowed = self._allowed(half, question, without=without)
                answer = half.searcher.aggregate(both(found.gate, allowed), _per_value(names))
                for name in names:
                    counts[name].update(_buckets(answer[name]))
        return {name: dict(counted.most_common()) for name, counted in counts.items()}

    def _named(self, halves: list[Half], question: Question) -> Iterator[Candidate]:
        name = question.wanted.name
        if not name or question.wanted.phrases or question.wanted.unwanted:
            return
        for half in halves:
            if half.searcher.doc_freq("name", name):
                query = both(self._templates.named(name), self._allowed(half, question))
                found = half.searcher.search(query, MOST_NAMED, count=False)
                yield from (_candidate(half.searcher, *hit) for hit in found.hits)

    def _missing(self, halves: list[Half], question: Question) -> Iterator[str]:
        """Counted under the reader's audiences, whatever the filters."""
        bare = Question(question.wanted, question.audiences, question.withheld)
        for word in question.wanted.words:
            if not any(self._occurs(word, half, bare) for half in halves):
                yield word.stem

    def _occurs(self, word: Word, half: Half, question: Question) -> bool:
        others = question.wanted.alternatives.get(word.stem, ())
        counted = (half.searcher.doc_freq("body_parts", part) for part in word.forms)
        if not others and not any(counted):
            return False
        query = both(self._templates.answers(word, question.wanted), self._allowed(half, question))
        return bool(half.searcher.search(query, 1, count=False).hits)


def _per_value(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}


def _buckets(counted: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: int(bucket["doc_count"]) for bucket in counted["buckets"]}


def _best(
    half: Half, gate: Query, allowed: Query, question: Question
) -> tuple[int, list[Candidate]]:
    """How many there are in this half, and the best of them."""
    if not half.audiences:
        return 0, []
    if question.sort == "date":
        query = both(gate, allowed)
        found: Any = half.searcher.search(
            query, question.limit, order_by_field="day", order=Order.Desc
        )
    else:
        must = [(Occur.Must, gate), (Occur.Must, allowed)]
        query = Query.boolean_query([*must, (Occur.Should, half.score)])
        found = half.searcher.search(query, question.limit)
    # The count is something that tantivy's own types leave out.
    return found.count or 0, [_candidate(half.searcher, *hit) for hit in found.hits]


def _candidate(searcher: Searcher, value: Any, address: Any) -> Candidate:
    document = searcher.doc(address)
    return Candidate(
        key=document["key"][0],
        value=float(value),
        version=document["version"][0],
        type=document["type"][0],
        is_obsolete=document["is_obsolete"][0],
    )


def _correction(searcher: Searcher, open_half: Searcher) -> Callable[[str, str], float]:
    """Turns this index's idf of a term into that of the open one."""
    if searcher is open_half or not searcher.num_docs:
        return lambda field, token: 1.0

    def ratio(field: str, token: str) -> float:
        here = rarity(min(searcher.doc_freq(field, token), searcher.num_docs), searcher.num_docs)
        seen = min(open_half.doc_freq(field, token), open_half.num_docs)
        return rarity(seen, open_half.num_docs) / here

    return ratio


def _idf(open_half: Searcher, question: Question) -> Mapping[str, float]:
    total = open_half.num_docs
    return {
        word.stem: rarity(min(open_half.doc_freq("body_parts", word.stem), total), total)
        for word in question.wanted.words
    }
