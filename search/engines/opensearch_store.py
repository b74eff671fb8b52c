"""Generations of the index on an OpenSearch cluster, for any number of web machines."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from opensearchpy import OpenSearch
from pybreaker import CircuitBreaker

from search.engines.halves import HALVES
from search.engines.opensearch import Inquiry, OpenSearchEngine
from search.engines.opensearch_index import OpenSearchIndex, reported
from search.engines.protocol import EngineUnavailableError
from search.fields import Lengths
from search.questions import Question
from search.weights import Weights

OLDEST_VERSION = 3
# After so many failures in a row pages are spared the wait, for so many seconds.
MOST_FAILURES = 3
REST_SECONDS = 10
# How long the worker asks, after which its other work goes first; it asks again in a minute.
WARMING_SECONDS = 10.0
_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True, slots=True)
class Access:
    """A cluster as this process reaches it; `seconds` is how long who searches waits for it."""

    client: OpenSearch
    breaker: CircuitBreaker
    seconds: float


class OpenSearchStore:
    """`prefix` keeps the indexes of several sites on one cluster apart."""

    name = OpenSearchEngine.name

    def __init__(self, access: Access, prefix: str) -> None:
        self._access = access
        self._cluster = access.client
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
        ours = re.compile(rf"{re.escape(self._prefix)}-({_UUID})-({'|'.join(HALVES)})")
        with reported():
            for name in self._cluster.indices.get(index=f"{self._prefix}-*"):
                found = ours.fullmatch(name)
                if found and found[1] != str(generation):
                    self._cluster.indices.delete(index=name, ignore_unavailable=True)

    def engine(self, serving: Callable[[], OpenSearchIndex]) -> OpenSearchEngine:
        return OpenSearchEngine(serving, self._access.breaker, self._access.seconds)

    def warm(self, index: OpenSearchIndex, questions: Iterable[Question], weights: Weights) -> None:
        """A cluster that has just started misses the time of people's questions at first, and the
        breaker, which spares them the wait, would leave it cold."""
        until = time.monotonic() + WARMING_SECONDS
        for question in questions:
            asked_at = time.monotonic()
            with reported():
                Inquiry(index, question, weights, until - asked_at).answer()
            took = time.monotonic() - asked_at
            if took < self._access.seconds / 2 or asked_at + took >= until:
                return

    def _check_version(self) -> None:
        with reported():
            version = self._cluster.info()["version"]
            is_opensearch = version.get("distribution") == "opensearch"
            if not is_opensearch or int(version["number"].split(".")[0]) < OLDEST_VERSION:
                raise EngineUnavailableError(f"Not an OpenSearch 3 or later: {version}.")


@lru_cache(maxsize=4)
def access_to(url: str, user: str, password: str, certificate: str, seconds: float) -> Access:
    """One per process and address. Its client never tries again: PostgreSQL answers then."""
    client = OpenSearch(
        [url],
        http_auth=(user, password) if user else None,
        ca_certs=certificate or None,
        timeout=seconds,
        max_retries=0,
    )
    return Access(client, CircuitBreaker(MOST_FAILURES, REST_SECONDS), seconds)
