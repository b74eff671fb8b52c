"""Measuring retrieval through the very code the site uses: tokens, engine, evidence, order."""

from __future__ import annotations

import json
import math
import random
import string
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import timezone

from kpo.people import tokens
from search import dutch, hits, ranking, stores
from search.dutch import words
from search.engines.protocol import Answer, Engine, Store
from search.evidence import Fields
from search.expansion import NOTHING, Expansion
from search.fields import IndexDocument, Lengths, tokens_of
from search.highlighting import Asked
from search.models import Row
from search.questions import Question, Wanted, parse
from search.records import PAGE_SIZE, Passage, SearchRecord
from search.rows import rows_of
from search.upkeep import document_of
from search.weights import weights

BATCH = 500
SHORTEST_MISTYPED = 4


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the ids of what answers it."""

    text: str
    relevant: frozenset[str]


@dataclass
class Result:
    """One line of figures; times in milliseconds, of ranking alone."""

    engine: str
    documents: int
    queries: int = 0
    reciprocal: float = 0.0
    gain: float = 0.0
    recall: float = 0.0
    without: int = 0
    times: list[float] = field(default_factory=list)

    def add(self, found: Sequence[str], relevant: frozenset[str], seconds: float) -> None:
        best = list(found[:PAGE_SIZE])
        ranks = [rank for rank, key in enumerate(best, 1) if key in relevant]
        ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(relevant), PAGE_SIZE) + 1))
        self.queries += 1
        self.reciprocal += 1 / ranks[0] if ranks else 0.0
        self.gain += sum(1 / math.log2(rank + 1) for rank in ranks) / ideal if ideal else 0.0
        self.recall += len(ranks) / len(relevant) if relevant else 0.0
        self.without += not found
        self.times.append(seconds * 1000)

    def figures(self) -> dict[str, Any]:
        asked = max(self.queries, 1)
        times = sorted(self.times) or [0.0]
        return {
            "engine": self.engine,
            "documents": self.documents,
            "queries": self.queries,
            "mrr@10": round(self.reciprocal / asked, 4),
            "ndcg@10": round(self.gain / asked, 4),
            "recall@10": round(self.recall / asked, 4),
            "no_result": round(self.without / asked, 4),
            "p50_ms": round(times[len(times) // 2], 2),
            "p95_ms": round(times[int(len(times) * 0.95)], 2),
        }


def read_documents(lines: Iterable[str]) -> list[list[Row]]:
    """Lines of JSON with id, title, body and maybe headings and link_texts, as public documents.

    Gives the rows of each, as the site would store them: its own, then those of its sections.
    """
    return [rows_of(_record(json.loads(line))) for line in lines]


def _record(values: Mapping[str, Any]) -> SearchRecord:
    return SearchRecord(
        key=values["id"],
        type="document",
        title=values["title"],
        audience=tokens.PUBLIC,
        url="",
        passages=tuple(_passages(values["body"], values.get("headings") or ())),
        link_texts=tuple(values.get("link_texts") or ()),
        version=1,
    )


def _passages(body: str, headings: Iterable[str]) -> Iterator[Passage]:
    """The text cut at its headings, in the order in which they are given."""
    heading, start = "", 0
    for following in headings:
        at = body.find(following, start)
        if at >= 0:
            yield Passage(text=body[start:at], heading=heading)
            heading, start = following, at + len(following)
    yield Passage(text=body[start:], heading=heading)


def read_queries(lines: Iterable[str]) -> Iterator[Judged]:
    """Lines of JSON with text and relevant, a list of ids."""
    for line in lines:
        values = json.loads(line)
        yield Judged(values["text"], frozenset(values["relevant"]))


def evaluate(
    documents: Sequence[Sequence[Row]],
    queries: Iterable[Judged],
    engine: str,
    synonyms: Expansion = NOTHING,
) -> Result:
    """Ask all queries of a temporary index of this engine, which is removed afterwards."""
    with trial(documents, engine, synonyms) as asked:
        return measure(asked, queries)


def measure(asked: Trial, queries: Iterable[Judged]) -> Result:
    """The figures of these queries."""
    result = Result(asked.engine.name, asked.size)
    for judged in queries:
        started = time.perf_counter()
        found = asked.ask(judged.text)
        result.add(found.keys, judged.relevant, time.perf_counter() - started)
    return result


@contextmanager
def trial(
    documents: Sequence[Sequence[Row]], engine: str, synonyms: Expansion = NOTHING
) -> Iterator[Trial]:
    """Documents in a temporary index of their own."""
    with TemporaryDirectory(prefix="kpo-evaluate-") as folder:
        store = stores.temporary(engine, Path(folder))
        try:
            yield Trial(_filled(store, documents), documents, synonyms)
        finally:
            store.keep_only(None)


@dataclass(frozen=True, slots=True)
class Reply:
    """Keys, best first, and what the choice of a passage needs."""

    keys: tuple[str, ...]
    wanted: Wanted
    answer: Answer
    fields: Mapping[str, Fields]


class Trial:
    """Asks as the site does, without rights and rows in a database."""

    def __init__(
        self, engine: Engine, documents: Sequence[Sequence[Row]], synonyms: Expansion
    ) -> None:
        self.engine = engine
        self._synonyms = synonyms
        self._rows = {rows[0].key: rows for rows in documents}
        self.size = len(documents)
        self._fields = {key: ranking.taken_apart(rows[0]) for key, rows in self._rows.items()}
        self._sections = {key: ranking.cut_up(rows) for key, rows in self._rows.items()}

    def ask(self, text: str) -> Reply:
        weight = weights()
        question = Question(parse(text, self._synonyms), frozenset({tokens.PUBLIC}))
        answer = self.engine.ask(question, weight)
        fields = {key: self._fields[key] for key in ranking.keys_to_look_at(answer, weight)}
        found = ranking.in_order(
            answer,
            question,
            fields,
            weight,
            sections=lambda keys: {key: self._sections[key] for key in keys},
            today=timezone.localdate(),
        )
        keys = tuple(candidate.key for candidate in found)
        return Reply(keys, question.wanted, answer, fields)

    def passages(self, reply: Reply, key: str) -> list[Row]:
        """The passages of one hit that a reader is shown, best first."""
        wanted = reply.wanted
        meant = hits.meant(wanted, reply.answer, [key], reply.fields)
        asked = Asked([*wanted.words, *meant], wanted.alternatives)
        forms = set(asked.forms)
        fitting = [row for row in self._rows[key][1:] if not forms.isdisjoint(row.stems)]
        weights = asked.weigh([(row.words.split(), words(row.heading)) for row in fitting])
        best = sorted(zip(weights, fitting, strict=True), key=lambda one: (-one[0], one[1].part))
        return [row for _, row in best[: hits.PASSAGES]]


def _filled(store: Store, documents: Sequence[Sequence[Row]]) -> Engine:
    """An engine on a new index of these documents."""
    records = [document_of(rows) for rows in documents]
    own_words = _own_words(documents)
    dutch.learn(own_words)
    generation, commit = uuid.uuid4(), uuid.uuid4()
    index = store.create(generation, commit, _lengths(records), own_words)
    for at in range(0, len(records), BATCH):
        index.write(records[at : at + BATCH], {}, commit)
    return store.engine(lambda: index.at(frozenset({str(commit)})))


def _own_words(documents: Iterable[Sequence[Row]]) -> frozenset[str]:
    """Words that two documents use, as `upkeep.frequent_words` takes them from the table."""
    counts = Counter(word for rows in documents for word in rows[0].vocabulary.split())
    return frozenset(w for w, n in counts.items() if n > 1 and len(w) > 3 and w.isalpha())


def _lengths(documents: Sequence[IndexDocument]) -> Lengths:
    count = max(len(documents), 1)
    tokens_made = [tokens_of(document) for document in documents]
    return Lengths(
        parts=sum(made["body_parts"].count(" ") + 1 for made in tokens_made) // count,
        grams=sum(made["body_grams"].count(" ") + 1 for made in tokens_made) // count,
    )


def with_typos(queries: Iterable[Judged], seed: int) -> list[Judged]:
    """The same queries with one random typing error each, always the same ones for a seed."""
    dice = random.Random(seed)  # noqa: S311  it measures, it guards nothing
    return [Judged(_mistyped(judged.text, dice), judged.relevant) for judged in queries]


def _mistyped(text: str, dice: random.Random) -> str:
    """One letter left out, put in, replaced, or swapped with the next, in a word that is long."""
    pieces = text.split(" ")
    long = [at for at, piece in enumerate(pieces) if len(piece) >= SHORTEST_MISTYPED]
    if not long:
        return text
    at = dice.choice(long)
    piece, letter = pieces[at], dice.choice(string.ascii_lowercase)
    place = dice.randrange(len(piece) - 1)
    before, here, there, after = piece[:place], piece[place], piece[place + 1], piece[place + 2 :]
    pieces[at] = dice.choice(
        [
            before + there + after,
            before + there + here + after,
            before + letter + there + after,
            before + letter + here + there + after,
        ]
    )
    return " ".join(pieces)
