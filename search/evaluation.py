"""Measuring retrieval through the very code the site uses: tokens, engine, evidence, order."""

from __future__ import annotations

import json
import math
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kpo.people import tokens
from search import dutch, fields, ranking
from search.dutch import name_of, words
from search.engines.protocol import Lengths
from search.engines.tantivy import TantivyEngine
from search.engines.tantivy_index import Folder
from search.evidence import Fields, Text
from search.fields import IndexDocument
from search.questions import Question, parse
from search.records import PAGE_SIZE
from search.weights import Weights, weights

BATCH = 500


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the ids of what answers it."""

    text: str
    relevant: frozenset[str]


@dataclass
class Result:
    """One line of figures; times in milliseconds, of ranking alone."""

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
            "engine": TantivyEngine.name,
            "documents": self.documents,
            "queries": self.queries,
            "mrr@10": round(self.reciprocal / asked, 4),
            "ndcg@10": round(self.gain / asked, 4),
            "recall@10": round(self.recall / asked, 4),
            "no_result": round(self.without / asked, 4),
            "p50_ms": round(times[len(times) // 2], 2),
            "p95_ms": round(times[int(len(times) * 0.95)], 2),
        }


def read_documents(lines: Iterable[str]) -> list[IndexDocument]:
    """Lines of JSON with id, title, body and maybe headings, as public documents."""
    read = [json.loads(line) for line in lines]
    return [_document(values) for values in read]


def _document(values: Mapping[str, Any]) -> IndexDocument:
    return IndexDocument(
        key=values["id"],
        version=1,
        audience=tokens.PUBLIC,
        type="document",
        title=values["title"],
        names=(name_of(values["title"]),),
        title_words=tuple(words(values["title"])),
        heading_words=tuple(words(" ".join(values.get("headings") or ()))),
        body_words=(tuple(words(values["body"])),),
        themes=(),
        kind="",
        regions=(),
        organisation="",
        date=None,
        review_state="",
        is_obsolete=False,
    )


def read_queries(lines: Iterable[str]) -> Iterator[Judged]:
    """Lines of JSON with text and relevant, a list of ids."""
    for line in lines:
        values = json.loads(line)
        yield Judged(values["text"], frozenset(values["relevant"]))


def evaluate(documents: Sequence[IndexDocument], queries: Iterable[Judged]) -> Result:
    """Ask all queries of a temporary index, which is removed afterwards."""
    _learn(documents)
    with tempfile.TemporaryDirectory(prefix="kpo-evaluate-") as path:
        commit = uuid.uuid4()
        generation, lengths = uuid.uuid4(), _lengths(documents)
        folder = Folder.create(Path(path) / str(generation), generation, commit, lengths, ())
        for at in range(0, len(documents), BATCH):
            folder.write(documents[at : at + BATCH], {}, commit)
        return _ask_all(TantivyEngine(lambda: folder), documents, queries, weights())


def _ask_all(
    engine: TantivyEngine,
    documents: Sequence[IndexDocument],
    queries: Iterable[Judged],
    weight: Weights,
) -> Result:
    by_key = {document.key: _fields(document) for document in documents}
    result = Result(len(documents))
    for judged in queries:
        started = time.perf_counter()
        question = Question(parse(judged.text), frozenset({tokens.PUBLIC}))
        answer = engine.ask(question, weight)
        looked_at = {k: by_key[k] for k in ranking.keys_to_look_at(answer, weight)}
        found = [c.key for c in ranking.in_order(answer, question, looked_at, weight)]
        result.add(found, judged.relevant, time.perf_counter() - started)
    return result


def _fields(document: IndexDocument) -> Fields:
    body = dict.fromkeys(word for passage in document.body_words for word in passage)
    return Fields(Text.of(document.title_words), Text.of(document.heading_words), Text.of(body))


def _learn(documents: Iterable[IndexDocument]) -> None:
    counts = Counter(
        word for document in documents for word in {w for p in document.body_words for w in p}
    )
    dutch.learn(frozenset(w for w, n in counts.items() if n > 1 and len(w) > 3 and w.isalpha()))


def _lengths(documents: Sequence[IndexDocument]) -> Lengths:
    bodies = [[w for passage in d.body_words for w in passage] for d in documents] or [[]]
    return Lengths(
        parts=sum(fields.parts(body).count(" ") + 1 for body in bodies) // len(bodies),
        grams=sum(fields.grams(body).count(" ") + 1 for body in bodies) // len(bodies),
    )
