"""The engines by themselves, as plain as they come: what ours is compared with.

Each is filled with the very same tokens, in the very same fields, and asked one BM25 query over one
field under a filter of audiences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import tantivy
from opensearchpy import OpenSearch, helpers
from tantivy import Occur, Query

from search.fields import COUNTED

FIELD = "body_parts"
BEST = 10
MOST_BYTES = 8_000_000
SECONDS = 60

# Key, audience, and the tokens of each field.
Texts = Iterable[tuple[str, str, Mapping[str, str]]]


class Raw(Protocol):
    def fill(self, texts: Texts) -> None: ...
    def ask(self, tokens: Sequence[str], audiences: Iterable[str]) -> int: ...


class RawTantivy:
    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        for name in ("key", "audience"):
            builder.add_text_field(name, stored=name == "key", tokenizer_name="raw")
        for name in COUNTED:
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))

    def fill(self, texts: Texts) -> None:
        writer = self._index.writer(64_000_000, num_threads=1)
        for key, audience, fields in texts:
            counted = {name: fields[name] for name in COUNTED}
            writer.add_document(tantivy.Document(key=key, audience=audience, **counted))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def ask(self, tokens: Sequence[str], audiences: Iterable[str]) -> int:
        """How many documents there are; the ten best are read as well."""
        any_token = [(Occur.Should, self._term(FIELD, token)) for token in tokens]
        allowed = [(Occur.Should, self._term("audience", token)) for token in audiences]
        query = Query.boolean_query(
            [
                (Occur.Must, Query.boolean_query(any_token)),
                (Occur.Must, Query.const_score_query(Query.boolean_query(allowed), 0.0)),
            ]
        )
        searcher = self._index.searcher()
        found = searcher.search(query, BEST)
        for _, address in found.hits:
            searcher.doc(address)
        return int(getattr(found, "count", 0) or 0)

    def _term(self, field: str, token: str) -> Query:
        option = "freq" if field == FIELD else "basic"
        return Query.term_query(self._schema, field, token, index_option=option)


class RawOpenSearch:
    name = "raw"

    def __init__(self, url: str) -> None:
        self._cluster = OpenSearch(url, timeout=SECONDS)
        counted = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
        self._cluster.indices.delete(index=self.name, ignore_unavailable=True)
        self._cluster.indices.create(
            index=self.name,
            body={
                "settings": {"number_of_shards": 1, "refresh_interval": "-1"},
                "mappings": {
                    "_source": {"includes": ["audience"]},
                    "properties": {
                        "audience": {"type": "keyword"},
                        **dict.fromkeys(COUNTED, counted),
                    },
                },
            },
        )

    def fill(self, texts: Texts) -> None:
        actions = (
            {
                "_index": self.name,
                "_id": key,
                "_source": {"audience": audience} | {name: fields[name] for name in COUNTED},
            }
            for key, audience, fields in texts
        )
        helpers.bulk(self._cluster, actions, max_chunk_bytes=MOST_BYTES, request_timeout=SECONDS)
        self._cluster.indices.refresh(index=self.name, request_timeout=SECONDS)

    def ask(self, tokens: Sequence[str], audiences: Iterable[str]) -> int:
        """How many documents there are, the ten best in the same answer."""
        body = {
            "size": BEST,
            "track_total_hits": True,
            "query": {
                "bool": {
                    "must": {"match": {FIELD: " ".join(tokens)}},
                    "filter": {"terms": {"audience": list(audiences)}},
                }
            },
        }
        return int(self._cluster.search(index=self.name, body=body)["hits"]["total"]["value"])
