"""The mapping of an OpenSearch index, and how a record becomes one of its documents."""

from __future__ import annotations

from typing import Any, Final

from kpo.people.tokens import NOBODY
from search.fields import COUNTED, EXACT, LONG, IndexDocument, day_of, tokens_of

# Changes of anything below ask for a new index: older ones are not asked, but rebuilt.
FORMAT: Final = 2
NOTE: Final = "note"

_SIMILARITY = {"long": {"type": "BM25", "k1": 1.2, "b": 0.25}}
_EXACT = {"type": "keyword"}


def _counted(name: str) -> dict[str, Any]:
    field = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
    return field | {"similarity": "long"} if name in LONG else field


# An audience is required: it is the routing of a document, which is searched like a field. On one
# shard routing decides nothing else.
MAPPING: Final[dict[str, Any]] = {
    "dynamic": "strict",
    "_routing": {"required": True},
    "_source": {"includes": ["version", "type", "is_obsolete", NOTE]},
    "properties": {
        "name": _EXACT,
        **{name: _EXACT for name in EXACT if name != "audience"},
        **{name: _counted(name) for name in COUNTED},
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
    "similarity": _SIMILARITY,
}


def source_of(record: IndexDocument) -> dict[str, Any]:
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
        **tokens_of(record),
        "version": record.version,
        "day": day_of(record.date),
        "is_obsolete": record.is_obsolete,
    }
