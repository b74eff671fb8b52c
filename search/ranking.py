"""The order of hits: what bears the very name asked, then the engine's best, word by word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from search.dutch import words
from search.engines.protocol import Answer, Candidate
from search.evidence import Fields, Text, evidence, is_all_in
from search.models import Row
from search.questions import Question
from search.weights import Weights

THEME = "theme"


# Per key the version that was taken apart, and its fields. It only saves work: what is looked up
# here was already found under the reader's rights.
_known: dict[str, tuple[int, Fields]] = {}
MOST_KNOWN = 3_000


def fields_of(rows: Mapping[str, Row]) -> dict[str, Fields]:
    """What of each hit is looked at; one query for those that this process did not see before."""
    new = [key for key, row in rows.items() if _known.get(key, (None,))[0] != row.version]
    if len(_known) + len(new) > MOST_KNOWN:
        _known.clear()
        new = list(rows)
    if new:
        columns = ("key", "version", "vocabulary", "heading_vocabulary", "title", "short_names")
        for row in Row.objects.records().filter(key__in=new).only(*columns):
            _known[row.key] = (row.version, _taken_apart(row))
    return {key: _known[key][1] for key in rows if key in _known}


def _taken_apart(row: Row) -> Fields:
    return Fields(
        title=Text.of(words(" ".join([row.title, *row.short_names]))),
        headings=Text.of(row.heading_vocabulary.split()),
        body=Text.of(row.vocabulary.split()),
    )


def in_order(
    answer: Answer, question: Question, fields: Mapping[str, Fields], weights: Weights
) -> list[Candidate]:
    """The engine's candidates, best first; `value` becomes the final score.

    Those without `fields` keep the engine's order, after the others.
    """
    if question.sort == "date" or question.wanted.is_empty:
        return list(answer.candidates)
    every = {candidate.key: candidate for candidate in (*answer.candidates, *answer.named)}
    looked_at = [
        _rescored(candidate, fields[key], answer, question, weights)
        for key, candidate in every.items()
        if key in fields
    ]
    named = {candidate.key for candidate in answer.named}
    looked_at.sort(key=lambda c: (c.key not in named, *_last(c, named), -c.value, c.key))
    return [*looked_at, *(c for key, c in every.items() if key not in fields)]


def _last(candidate: Candidate, named: set[str]) -> tuple[bool, bool]:
    """Among things of the same name a current one first, and of those the theme page."""
    if candidate.key not in named:
        return False, False
    return candidate.is_obsolete, candidate.type != THEME


def _rescored(
    candidate: Candidate, fields: Fields, answer: Answer, question: Question, weights: Weights
) -> Candidate:
    asked = question.wanted.words
    found = evidence(asked, fields, answer.idf, answer.missing, weights)
    score = candidate.value + weights.evidence * found
    if candidate.type == THEME and is_all_in(asked, fields.title):
        score *= weights.theme
    if candidate.is_obsolete:
        score *= weights.obsolete
    return replace(candidate, value=score)


def keys_to_look_at(answer: Answer, weights: Weights) -> list[str]:
    """The best of the engine, and whatever bears the very name, however low it ranked."""
    best = (*answer.candidates[: weights.looked_at], *answer.named)
    return list(dict.fromkeys(candidate.key for candidate in best))
