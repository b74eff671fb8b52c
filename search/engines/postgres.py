"""What answers while the engine is away: full text search over the rows, under the same rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from search.dutch import Word, analyze
from search.engines.protocol import FACETS, Answer, Candidate
from search.models import Row
from search.questions import Question, Wanted
from search.weights import Weights

# Records that are counted and sorted at most: more than any reader turns pages for.
MOST_FOUND = 10_000
TITLE_WEIGHTS = "{0.2, 0.2, 0.6, 1.0}"

_SCORED = """
SELECT key, max(ts_rank(%s, vector, %s::tsquery)) FROM search_row
WHERE audience = ANY(%s) AND vector @@ %s::tsquery AND key <> ALL(%s)
GROUP BY key ORDER BY 2 DESC, key LIMIT %s
"""

_MISSING = """
SELECT asked.query FROM unnest(%s::text[]) AS asked(query) WHERE NOT EXISTS (
    SELECT 1 FROM search_row WHERE audience = ANY(%s) AND vector @@ asked.query::tsquery
)
"""


class PostgresEngine:
    """Reads the rows themselves, so it is never behind and needs no withheld keys."""

    name = "postgres"

    def ask(self, question: Question, weights: Weights) -> Answer:
        scores = self._scores(question)
        rows = [row for row in self._records(question, scores) if _fits_dates(row, question)]
        fitting = [row for row in rows if _fits(row, question)]
        candidates = sorted(
            (_candidate(row, question, scores) for row in fitting), key=lambda c: (-c.value, c.key)
        )
        return Answer(
            total=len(fitting),
            candidates=tuple(candidates[: question.limit]),
            named=tuple(
                _candidate(row, question, scores)
                for row in fitting
                if _is_named(row, question.wanted)
            ),
            types=_counts(rows, question, "type"),
            facets={name: _counts(rows, question, name) for name in FACETS},
            missing=frozenset(self._missing(question)),
        )

    def _scores(self, question: Question) -> dict[str, float] | None:
        """Score per key; None where nothing was asked that could score."""
        wanted = question.wanted
        if wanted.is_empty:
            return None
        query = _any(_answers(word, wanted) for word in wanted.words)
        sql: list[Any] = [TITLE_WEIGHTS, query, list(question.audiences), query]
        with connection.cursor() as cursor:
            cursor.execute(_SCORED, [*sql, list(question.withheld), MOST_FOUND])
            scores = {key: float(rank) for key, rank in cursor.fetchall()}
        for group in wanted.phrases:
            having = set().union(*(_having(words, scores) for words in group))
            scores = {key: score for key, score in scores.items() if key in having}
        for words in wanted.unwanted:
            without = _having(words, scores)
            scores = {key: score for key, score in scores.items() if key not in without}
        return scores

    def _records(self, question: Question, scores: dict[str, float] | None) -> QuerySet[Row]:
        rows = Row.objects.records().filter(audience__in=question.audiences)
        rows = rows.exclude(key__in=question.withheld)
        if scores is not None:
            rows = rows.filter(key__in=list(scores))
        return rows.only(
            "key", "version", "type", "names", "themes", "kind", "regions", "organisation",
            "date", "review_state", "is_obsolete",
        ).order_by("key")[:MOST_FOUND]  # fmt: skip

    def _missing(self, question: Question) -> Iterator[str]:
        words = question.wanted.words
        if not words:
            return
        asked = [_answers(word, question.wanted) for word in words]
        with connection.cursor() as cursor:
            cursor.execute(_MISSING, [asked, list(question.audiences)])
            missing = {query for (query,) in cursor.fetchall()}
        yield from (word.stem for word, query in zip(words, asked, strict=True) if query in missing)


def _lexeme(token: str) -> str:
    """A token as tsquery quotes it, so that nothing in it is syntax."""
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _any(queries: Iterable[str]) -> str:
    return " | ".join(queries)


def _answers(word: Word, wanted: Wanted) -> str:
    """The word or what means the same; of several words the text here has no order, so all."""
    others = wanted.alternatives.get(word.stem, ())
    return _any([_has(word), *(f"({' & '.join(map(_has, other))})" for other in others)])


def _has(word: Word) -> str:
    parts = " & ".join(map(_lexeme, word.parts))
    return f"({_lexeme(word.stem)} | ({parts}))"


def _having(words: Sequence[str], among: Iterable[str]) -> set[str]:
    """The keys that have these words beside each other, by their stems."""
    stems = [analyze(word).stem for word in words]
    query = _has(analyze(words[0])) if len(words) == 1 else " & ".join(map(_lexeme, stems))
    rows = Row.objects.filter(key__in=list(among)).extra(
        where=["vector @@ %s::tsquery"], params=[query]
    )
    if len(words) == 1:
        return set(rows.values_list("key", flat=True))
    return {key for key, text in rows.values_list("key", "words") if _runs(text.split(), stems)}


def _runs(words: Sequence[str], stems: Sequence[str]) -> bool:
    have = [analyze(word).stem for word in words]
    return any(
        have[at : at + len(stems)] == list(stems) for at in range(len(have) - len(stems) + 1)
    )


def _is_named(row: Row, wanted: Wanted) -> bool:
    return (
        bool(wanted.name) and wanted.name in row.names and not (wanted.phrases or wanted.unwanted)
    )


def _candidate(row: Row, question: Question, scores: dict[str, float] | None) -> Candidate:
    if question.sort == "date":
        value = float(row.date.toordinal() if row.date else 0)
    else:
        value = scores.get(row.key, 0.0) if scores else 0.0
    return Candidate(row.key, value, row.version, row.type, row.is_obsolete)


def _values(row: Row, name: str) -> list[str]:
    if name == "year":
        return [str(row.date.year)] if row.date else []
    value = getattr(row, {"theme": "themes", "region": "regions"}.get(name, name))
    return value if isinstance(value, list) else [value] if value else []


def _fits_dates(row: Row, question: Question) -> bool:
    if question.since and (row.date is None or row.date < question.since):
        return False
    return not question.until or (row.date is not None and row.date <= question.until)


def is_within(row: Row, question: Question) -> bool:
    """Whether a record meets what the question is narrowed to, whatever its words."""
    return _fits(row, question) and _fits_dates(row, question)


def _fits(row: Row, question: Question, *, without: str | None = None) -> bool:
    if question.type and without != "type" and row.type != question.type:
        return False
    return all(
        name == without or not chosen or set(chosen) & set(_values(row, name))
        for name, chosen in question.filters.items()
    )


def _counts(rows: Iterable[Row], question: Question, name: str) -> dict[str, int]:
    """Records per value, as if nothing were chosen for this one."""
    fitting = (row for row in rows if _fits(row, question, without=name))
    return dict(Counter(value for row in fitting for value in _values(row, name)).most_common())
