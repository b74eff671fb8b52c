"""The schema of a Tantivy index, and how a record becomes one of its documents."""

from __future__ import annotations

import tantivy

from kpo.people.tokens import NOBODY
from search.fields import COUNTED, EXACT, IndexDocument, Lengths, day_of, tokens_of

# Changes of anything below ask for a new index: older ones are not opened, but rebuilt.
FORMAT = 4


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
    if not record.audience or record.audience == NOBODY:
        raise ValueError(f"{record.key} has no audience.")
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
        **{name: [text] for name, text in tokens_of(record, lengths).items()},
        "version": [record.version],
        "day": [day_of(record.date)],
        "is_obsolete": [record.is_obsolete],
    }
    return tantivy.Document(**{name: value for name, value in values.items() if value})


def _one(value: str) -> list[str]:
    return [value] if value else []
