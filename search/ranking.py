"""The order of hits: what bears the very name asked, then the engine's best, word by word."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from search import folding
from search.dutch import words
from search.engines.protocol import Answer, Candidate
from search.evidence import Fields, Text, evidence, is_all_in
from search.models import Row
from search.nearness import Nearness
from search.questions import Question
from search.sections import Sections, Sought
from search.weights import Weights

THEME = "theme"
# The review state that earns trust.
REVIEWED = "reviewed"
DAYS = 365.25

# Gives the sections of these keys.
SectionsOf = Callable[[Sequence[str]], Mapping[str, Sections]]

# Per key the version that was taken apart, and its fields or sections. It only saves work: what is
# looked up here was already found under the reader's rights.
_known: dict[str, tuple[int, Fields]] = {}
_known_sections: dict[str, tuple[int, Sections]] = {}
MOST_KNOWN = 3_000
# The columns that only taking a hit apart needs.
LOOKED_AT = frozenset({"vocabulary", "heading_vocabulary", "link_words"})
MOST_KNOWN_SECTIONS = 500


def unseen(keys: Iterable[str]) -> list[str]:
    """Those that this process never took apart: their words are best read with their rows."""
    return [key for key in keys if key not in _known]


def fields_of(rows: Mapping[str, Row]) -> dict[str, Fields]:
    """What of each hit is looked at; one query for new ones that came without their words."""
    new = [key for key, row in rows.items() if _known.get(key, (None,))[0] != row.version]
    if len(_known) + len(new) > MOST_KNOWN:
        _known.clear()
        new = list(rows)
    complete = [key for key in new if not rows[key].get_deferred_fields() & LOOKED_AT]
    for key in complete:
        _known[key] = (rows[key].version, taken_apart(rows[key]))
    if missing := set(new).difference(complete):
        columns = ("key", "version", *LOOKED_AT, "title", "short_names", "review_state", "date")
        for row in Row.objects.records().filter(key__in=missing).only(*columns):
            _known[row.key] = (row.version, taken_apart(row))
    return {key: _known[key][1] for key in rows if key in _known}


def taken_apart(row: Row) -> Fields:
    return Fields(
        title=Text.of(words(" ".join([row.title, *row.short_names]))),
        headings=Text.of(row.heading_vocabulary.split()),
        body=Text.of(row.vocabulary.split()),
        links=Text.of(row.link_words.split()),
        is_reviewed=row.review_state == REVIEWED,
        date=row.date,
    )


def sections_of(rows: Mapping[str, Row], keys: Sequence[str]) -> dict[str, Sections]:
    """The sections of those of these keys that are among the rows; one query for unseen ones."""
    mine = [key for key in keys if key in rows]
    new = [key for key in mine if _known_sections.get(key, (None,))[0] != rows[key].version]
    if len(_known_sections) + len(new) > MOST_KNOWN_SECTIONS:
        _known_sections.clear()
        new = mine
    parts: dict[str, list[Row]] = defaultdict(list)
    if new:
        wanted = Row.objects.filter(key__in=new).order_by("key", "part")
        for row in wanted.only("key", "heading", "words"):
            parts[row.key].append(row)
    for key in new:
        _known_sections[key] = (rows[key].version, cut_up(parts[key]))
    return {key: _known_sections[key][1] for key in mine}


def cut_up(rows: Iterable[Row]) -> Sections:
    """The rows of one record as sections: title and summary are one as well."""
    return Sections.of([*words(row.heading), *row.words.split()] for row in rows)


@dataclass(frozen=True, slots=True)
class Scored:
    """A hit that was looked at: what its words are worth beside the engine's score, what its best
    section is and that its words stand together, and by what these are multiplied because of what
    it is."""

    candidate: Candidate
    words: float
    boosts: Mapping[str, float]
    section: float = 0.0
    together: float = 0.0

    @property
    def value(self) -> float:
        found = self.candidate.value + self.words + self.section + self.together
        return found * math.prod(self.boosts.values())


def in_order(
    answer: Answer,
    question: Question,
    fields: Mapping[str, Fields],
    weights: Weights,
    sections: SectionsOf,
    today: dt.date,
) -> list[Candidate]:
    """The engine's candidates, best first; `value` becomes the final score.

    Those without `fields` keep the engine's order, after the others. Near-duplicates stand behind
    the best of them.
    """
    if question.sort == "date" or question.wanted.is_empty:
        return list(answer.candidates)
    every = {candidate.key: candidate for candidate in (*answer.named, *answer.candidates)}
    looked_at = [
        replace(one.candidate, value=one.value)
        for one in scored(answer, question, fields, weights, sections, today)
    ]
    together = folding.together(looked_at, fields, weights)
    return [*together, *(c for key, c in every.items() if key not in fields)]


def scored(
    answer: Answer,
    question: Question,
    fields: Mapping[str, Fields],
    weights: Weights,
    sections: SectionsOf,
    today: dt.date,
) -> list[Scored]:
    """The candidates of which there are `fields`, best first, what is named so before the rest."""
    every = {candidate.key: candidate for candidate in (*answer.named, *answer.candidates)}
    found = [
        _scored(candidate, fields[key], answer, question, weights, today)
        for key, candidate in every.items()
        if key in fields
    ]
    named = {candidate.key for candidate in answer.named}
    found = _with_sections(found, answer, question, weights, sections)
    found.sort(key=lambda one: (*_rule(one.candidate, named), -one.value, one.candidate.key))
    return found


def _rule(candidate: Candidate, named: set[str]) -> tuple[bool, bool, bool]:
    """First what bears the name asked; of those a current one, and of those the theme page."""
    if candidate.key not in named:
        return True, False, False
    return False, candidate.is_obsolete, candidate.type != THEME


def _scored(
    candidate: Candidate,
    fields: Fields,
    answer: Answer,
    question: Question,
    weights: Weights,
    today: dt.date,
) -> Scored:
    asked, others = question.wanted.words, question.wanted.alternatives
    found = evidence(asked, fields, answer.idf, answer.missing, weights, others)
    boosts = _standing(fields, weights, today)
    if candidate.type == THEME and is_all_in(asked, fields.title, others):
        boosts["theme"] = weights.theme
    if candidate.is_obsolete:
        boosts["obsolete"] = weights.obsolete
    return Scored(candidate, weights.evidence * found, boosts)


def _standing(fields: Fields, weights: Weights, today: dt.date) -> dict[str, float]:
    """What being reviewed and being recent add; what is recent counts half as much each period."""
    boosts = {"reviewed": weights.reviewed} if fields.is_reviewed else {}
    if fields.date:
        years = max((today - fields.date).days, 0) / DAYS
        boosts["recent"] = 1 + weights.recent * 0.5 ** (years / weights.recent_years)
    return boosts


def _with_sections(
    found: list[Scored],
    answer: Answer,
    question: Question,
    weights: Weights,
    sections: SectionsOf,
) -> list[Scored]:
    """The best of them get what their best section is worth, and what stands together in them."""
    found.sort(key=lambda one: (-one.value, one.candidate.key))
    cut_up = sections([one.candidate.key for one in found[: weights.sections_of]])
    wanted = question.wanted
    sought = Sought(wanted.words, answer.idf, wanted.alternatives, weights.synonym)
    near = Nearness(wanted.words, answer.idf, wanted.alternatives, answer.missing)
    return [
        replace(
            one,
            section=weights.section * sought.best(cut_up[one.candidate.key]),
            together=weights.together * near.share(cut_up[one.candidate.key]),
        )
        if one.candidate.key in cut_up
        else one
        for one in found
    ]


def keys_to_look_at(answer: Answer, weights: Weights) -> list[str]:
    """The best of the engine, and whatever bears the very name, however low it ranked."""
    best = (*answer.candidates[: weights.looked_at], *answer.named)
    return list(dict.fromkeys(candidate.key for candidate in best))
