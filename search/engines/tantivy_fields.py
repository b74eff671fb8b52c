"""The schema of a Tantivy index, and how a record becomes one of its documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import tantivy

from search import fields
from search.engines.protocol import IndexDocument

# Changes of anything below ask for a new index: older ones are not opened, but rebuilt.
FORMAT = 2

EXACT = ("audience", "type", "theme", "kind", "region", "organisation", "year", "review_state")
COUNTED = (
    "body_parts",
    "body_grams",
    "body_pairs",
    "title_parts",
    "title_pairs",
    "title_grams",
    "heading_parts",
    "heading_grams",
)
# Between passages in the field of phrases; no word contains it.
BREAK = "\u00b6"
FILLER = "\u00b7"
TITLE_REACH = 6
NO_DATE = 0


@dataclass(frozen=True, slots=True)
class Lengths:
    """Mean number of tokens of the two long fields, when the index was made."""

    parts: int = 400
    grams: int = 1_800


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(
        "key", stored=True, fast=True, tokenizer_name="raw", index_option="basic"
    )
    builder.add_text_field("name", tokenizer_name="raw", index_option="basic")
    for name in EXACT:
        builder.add_text_field(
            name, stored=True, fast=True, tokenizer_name="raw", index_option="basic"
        )
    for name in COUNTED:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("stems", tokenizer_name="whitespace", index_option="position")
    builder.add_integer_field("version", stored=True, fast=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_boolean_field("is_obsolete", stored=True, indexed=True)
    return builder.build()


def document_of(record: IndexDocument, lengths: Lengths) -> tantivy.Document:
    """The document of one record; raises ValueError without an audience."""
    if not record.audience or record.audience == "nobody":
        raise ValueError(f"{record.key} has no audience.")
    body = tuple(chain(record.title_words, chain.from_iterable(record.body_words)))
    values = {
        "key": [record.key],
        "name": list(record.names),
        "audience": [record.audience],
        "type": [record.type],
        "theme": list(record.themes),
        "kind": _one(record.kind),
        "region": list(record.regions),
        "organisation": _one(record.organisation),
        "year": _one(str(record.date.year) if record.date else ""),
        "review_state": _one(record.review_state),
        "body_parts": [_padded(fields.parts(body), 2 * lengths.parts)],
        "body_grams": [_padded(fields.grams(body), 2 * lengths.grams)],
        "body_pairs": [fields.pairs(body)],
        "title_parts": [fields.parts(record.title_words)],
        "title_pairs": [fields.near_pairs(record.title_words, TITLE_REACH)],
        "title_grams": [fields.grams(record.title_words)],
        "heading_parts": [fields.parts(record.heading_words)],
        "heading_grams": [fields.grams(record.heading_words)],
        "stems": [f" {BREAK} ".join(_phrases(record))],
        "version": [record.version],
        "day": [day_of(record.date)],
        "is_obsolete": [record.is_obsolete],
    }
    return tantivy.Document(**{name: value for name, value in values.items() if value})


def day_of(date: dt.date | None) -> int:
    return date.toordinal() if date else NO_DATE


def _one(value: str) -> list[str]:
    return [value] if value else []


def _phrases(record: IndexDocument) -> Iterable[str]:
    yield fields.stems(record.title_words)
    for passage in record.body_words:
        yield fields.stems(passage)


def _padded(text: str, fillers: int) -> str:
    """Tantivy's BM25 has b = .75; with twice the mean length added it works out as b = .25."""
    return f"{text} {' '.join([FILLER] * fillers)}"
