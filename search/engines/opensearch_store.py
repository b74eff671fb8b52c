"""Generations of the index on an OpenSearch cluster, for any number of web machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from uuid import UUID

from opensearchpy import OpenSearch

from search.engines.opensearch import OpenSearchEngine
from search.engines.opensearch_index import OpenSearchIndex, reported
from search.engines.protocol import EngineUnavailableError
from search.fields import Lengths

# Whoever has the old generation open still asks it for a moment after the switch.
OLDEST_VERSION = 3


class OpenSearchStore:
    """`prefix` keeps the indexes of several sites on one cluster apart."""

    name = OpenSearchEngine.name

    def __init__(self, cluster: OpenSearch, prefix: str) -> None:
        self._cluster = cluster
        self._prefix = prefix

    def create(
        self, generation: UUID, commit: UUID, lengths: Lengths, words: Iterable[str]
    ) -> OpenSearchIndex:
        self._check_version()
        index = self.open(generation)
        index.make(commit, lengths, words)
        return index

    def open(self, generation: UUID) -> OpenSearchIndex:
        return OpenSearchIndex(self._cluster, self._prefix, generation)

    def keep_only(self, generation: UUID | None) -> None:
        if generation is not None:
            self.open(generation).announce()
        with reported():
            kept = f"{self._prefix}-{generation}-"
            for name in self._cluster.indices.get(index=f"{self._prefix}-*-*-*-*-*-*"):
                if not name.startswith(kept):
                    self._cluster.indices.delete(index=name, ignore_unavailable=True)

    def engine(self, serving: Callable[[], OpenSearchIndex]) -> OpenSearchEngine:
        return OpenSearchEngine(serving)

    def _check_version(self) -> None:
        with reported():
            version = self._cluster.info()["version"]
            is_opensearch = version.get("distribution") == "opensearch"
            if not is_opensearch or int(version["number"].split(".")[0]) < OLDEST_VERSION:
                raise EngineUnavailableError(f"Not an OpenSearch 3 or later: {version}.")


@lru_cache(maxsize=4)
def cluster_at(url: str, user: str, password: str, certificate: str, seconds: float) -> OpenSearch:
    """A client that never tries again by itself: PostgreSQL answers then."""
    return OpenSearch(
        [url],
        http_auth=(user, password) if user else None,
        ca_certs=certificate or None,
        timeout=seconds,
        max_retries=0,
    )
