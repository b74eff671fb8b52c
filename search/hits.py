"""From candidates to hits: read again under the reader's rights, then passages, then marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kpo.people.reader import Reader
from search import folding, refusals
from search.dutch import Word, analyze, words
from search.engines.protocol import Answer, Candidate
from search.evidence import LEAST_ALIKE, Fields, slip
from search.highlighting import Asked, mark
from search.models import Row
from search.questions import Wanted
from search.records import Also, Hit, HitPassage
from search.sources import source_of
from search.weights import Weights

PASSAGES = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate that came back through `visible_to`."""

    candidate: Candidate
    obj: Any
    is_pinned: bool = False
    also: tuple[Also, ...] = ()


def read_again(
    reader: Reader, candidates: Sequence[Candidate], rows: Mapping[str, Row]
) -> tuple[list[Found], int]:
    """The candidates this reader may really read, in order, and how many were refused.

    One query per type. A refusal says that the index is behind or wrong: it is logged and counted.
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    for candidate in candidates:
        wanted[candidate.type].append(candidate.key.partition(":")[2])
    objects: dict[str, Any] = {}
    for type_, uuids in wanted.items():
        source = source_of(type_)
        if source is not None:
            for obj in source.visible_to(reader).filter(uuid__in=uuids):
                objects[source.key_of(obj)] = obj
    found = [
        Found(candidate, objects[candidate.key])
        for candidate in candidates
        if candidate.key in objects and candidate.key in rows
    ]
    refused = len(candidates) - len(found)
    if refused:
        refusals.note({c.key for c in candidates} - {f.candidate.key for f in found})
    return found, refused


def together(
    found: Sequence[Found],
    pinned: Collection[str],
    rows: Mapping[str, Row],
    fields: Mapping[str, Fields],
    weights: Weights,
) -> list[Found]:
    """One for each hit that is shown: pins, and the others with their near-duplicates folded in."""
    firsts = [replace(one, is_pinned=True) for one in found if one.candidate.key in pinned]
    others = {one.candidate.key: one for one in found if one.candidate.key not in pinned}
    groups = folding.folded([one.candidate for one in others.values()], fields, weights)
    leaders = [
        replace(others[best.key], also=tuple(also_of(rows[like.key]) for like in alike))
        for best, *alike in groups
    ]
    return [*firsts, *leaders]


def present(
    reader: Reader,
    found: Sequence[Found],
    rows: Mapping[str, Row],
    wanted: Wanted,
    answer: Answer,
    fields: Mapping[str, Fields],
) -> tuple[Hit, ...]:
    """Hits with their best passages, from rows with an audience the reader holds."""
    keys = [one.candidate.key for one in found]
    alike = meant(wanted, answer, keys, fields)
    asked = Asked([*wanted.words, *alike], wanted.alternatives)
    best = _best_parts(reader, keys, asked)
    shown = [(key, part) for key, parts in best.items() for part in parts[:PASSAGES]]
    texts = texts_of(reader, shown)
    return tuple(
        _hit(one, rows[one.candidate.key], asked, best[one.candidate.key], texts) for one in found
    )


def meant(
    wanted: Wanted, answer: Answer, keys: Iterable[str], fields: Mapping[str, Fields]
) -> list[Word]:
    """Words of the hits that a word which occurs nowhere was probably meant to be."""
    astray = [word for word in wanted.words if word.stem in answer.missing]
    if not astray:
        return []
    near = {text for key in keys if key in fields for text in fields[key].body.words}
    return [
        other
        for other in map(analyze, sorted(near))
        if any(slip(word, other) >= LEAST_ALIKE for word in astray)
    ][:50]


def _best_parts(reader: Reader, keys: Sequence[str], asked: Asked) -> dict[str, list[int]]:
    """Per key the passages that have a word asked, best first."""
    having: dict[str, list[dict[str, Any]]] = {key: [] for key in keys}
    if keys and asked.forms:
        rows = Row.objects.visible_to(reader).passages()
        rows = rows.filter(key__in=keys, stems__overlap=asked.forms)
        for row in rows.values("key", "part", "words", "heading"):
            having[row["key"]].append(row)
    return {key: best_parts(passages, asked) for key, passages in having.items()}


def best_parts(passages: Sequence[Mapping[str, Any]], asked: Asked) -> list[int]:
    """The parts of one thing, as dicts with part, words and heading, best first."""
    weights = asked.weigh([(row["words"].split(), words(row["heading"])) for row in passages])
    best = sorted((-weight, row["part"]) for weight, row in zip(weights, passages, strict=True))
    return [part for _, part in best]


def texts_of(reader: Reader, shown: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Row]:
    if not shown:
        return {}
    rows = Row.objects.visible_to(reader).filter(
        key__in={key for key, _ in shown}, part__in={part for _, part in shown}
    )
    wanted = set(shown)
    columns = ("key", "part", "text", "heading", "page", "anchor", "file", "url")
    return {
        (row.key, row.part): row for row in rows.only(*columns) if (row.key, row.part) in wanted
    }


def _hit(
    one: Found,
    row: Row,
    asked: Asked,
    parts: Sequence[int],
    texts: Mapping[tuple[str, int], Row],
) -> Hit:
    shown = [texts[row.key, part] for part in parts[:PASSAGES] if (row.key, part) in texts]
    best = shown[0] if shown else None
    return Hit(
        key=row.key,
        type=row.type,
        title=row.title,
        title_html=mark(row.title, asked, length=None),
        url=_address(row, best) if best else row.url,
        file=best.file if best else None,
        page=best.page if best else None,
        anchor=best.anchor if best else None,
        audience=row.audience,
        score=round(one.candidate.value, 4),
        summary=row.text,
        passages=tuple(passage_of(row, passage, asked) for passage in shown),
        more_passages=max(0, len(parts) - len(shown)),
        row=one.obj,
        is_obsolete=row.is_obsolete,
        review_state=row.review_state,
        kind=row.kind,
        date=row.date,
        themes=tuple(row.themes),
        is_pinned=one.is_pinned,
        also=one.also,
    )


def also_of(row: Row) -> Also:
    return Also(row.key, row.type, row.title, row.url, row.audience, row.date, row.is_obsolete)


def passage_of(row: Row, passage: Row, asked: Asked) -> HitPassage:
    return HitPassage(
        html=mark(passage.text, asked),
        page=passage.page,
        anchor=passage.anchor,
        heading=passage.heading,
        file=passage.file,
        url=_address(row, passage),
    )


def _address(row: Row, passage: Row) -> str:
    """Where a passage opens: at its page, or at its heading."""
    address = passage.url or row.url
    if passage.page:
        return f"{address}#page={passage.page}"
    if passage.anchor and not passage.file:
        return f"{address}#{passage.anchor}"
    return address
