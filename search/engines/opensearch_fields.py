"""The mapping of an OpenSearch index, and how a record becomes one of its documents."""

from __future__ import annotations

from typing import Any, Final

from kpo.people.tokens import NOBODY
from search.fields import COUNTED, EXACT, IndexDocument, Lengths, day_of, tokens_of

# Changes of anything below ask for a new index: older ones are not asked, but rebuilt.
FORMAT: Final = 2
NOTE: Final = "note"

_EXACT = {"type": "keyword"}
_COUNTED = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}

# An audience is required: it is the routing of a document, which is searched like a field. On one
# shard routing decides nothing else.
MAPPING: Final[dict[str, Any]] = {
    "dynamic": "strict",
    "_routing": {"required": True},
    "_source": {"includes": ["version", "type", "is_obsolete", NOTE]},
    "properties": {
        "name": _EXACT,
        **{name: _EXACT for name in EXACT if name != "audience"},
        **dict.fromkeys(COUNTED, _COUNTED),
        "stems": {"type": "text", "analyzer": "whitespace", "norms": False},
        "version": {"type": "long"},
        "day": {"type": "integer"},
        "is_obsolete": {"type": "boolean"},
        NOTE: {"type": "object", "enabled": False},
    },
}
SETTINGS: Final[dict[str, Any]] = {
    "number_of_shards": 1,
    "refresh_interval": "-1",
}


def source_of(record: IndexDocument, lengths: Lengths) -> dict[str, Any]:
    """What is sent of one record; raises ValueError without an audience."""
    if not record.audience or record.audience == NOBODY:
        raise ValueError(f"{record.key} has no audience.")
    return {
        "name": list(record.names),
        "type": record.type,
        "theme": list(record.themes),
        "kind": record.kind or None,
        "region": list(record.regions),
        "organisation": record.organisation or None,
        "year": str(record.date.year) if record.date else None,
        "review_state": record.review_state or None,
        **tokens_of(record, lengths),
        "version": record.version,
        "day": day_of(record.date),
        "is_obsolete": record.is_obsolete,
    }
