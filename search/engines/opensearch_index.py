"""Generations of the index on an OpenSearch cluster: an open and a closed half, each with a note.

The note says of which database and which commit a half is; see generations for who compares it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from opensearchpy import OpenSearch, helpers
from opensearchpy.exceptions import NotFoundError, OpenSearchException

from search.engines.halves import CLOSED, HALVES, OPEN, half_of
from search.engines.opensearch_fields import FORMAT, MAPPING, NOTE, SETTINGS, source_of
from search.engines.protocol import EngineUnavailableError, IndexLostError, Note
from search.fields import IndexDocument, Lengths

# Writing may take its time; only who waits for an answer may not.
WRITE_SECONDS = 60
# One small document; a writer that waits longer for it keeps other work from being done.
NOTE_SECONDS = 10
# What the cluster calls the loss of an index; a 404 without it is not the cluster's own.
NO_INDEX = "index_not_found_exception"
MOST_BYTES = 8_000_000
CONFLICT = 409
ABSENT = 404
# From here on the cluster did not do what was asked.
REFUSED = 300
SCAN_SIZE = 1_000
Action = dict[str, Any]

# All records; the note and the words have no version.
EVERY = {"query": {"exists": {"field": "version"}}}


@contextmanager
def reported() -> Iterator[None]:
    """Turns whatever the cluster, or its answer, lacks into EngineUnavailableError.

    Only a cluster that itself says that there is no such index has lost it (IndexLostError).
    """
    try:
        yield
    except NotFoundError as error:
        raise lacking({"type": error.error}) from error
    except (OpenSearchException, LookupError, TypeError, ValueError, AttributeError) as error:
        raise EngineUnavailableError(f"OpenSearch: {type(error).__name__}: {error}") from error


def lacking(error: Mapping[str, Any]) -> EngineUnavailableError:
    """What to raise for an error as the cluster tells it, for the whole or for a part."""
    kind = IndexLostError if error["type"] == NO_INDEX else EngineUnavailableError
    return kind(f"OpenSearch: {error}")


@dataclass(frozen=True, slots=True)
class OpenSearchIndex:
    """One generation: the indexes `<prefix>-<generation>-open` and `-closed`.

    `commits` are those it may answer at; every answer is compared with them, in the same request.
    """

    cluster: OpenSearch
    prefix: str
    generation: UUID
    commits: frozenset[str] = frozenset()

    def name_of(self, half: str) -> str:
        return f"{self.prefix}-{self.generation}-{half}"

    def at(self, commits: frozenset[str]) -> OpenSearchIndex:
        return replace(self, commits=commits)

    def verify(self, notes: Iterable[Mapping[str, Any]]) -> None:
        """Raises IndexLostError unless both halves say a commit that is expected."""
        for source in notes:
            note = note_of(source)
            if note.generation != str(self.generation) or note.commit not in self.commits:
                raise IndexLostError("The index is not that of this database.")

    # --- Making and removing ---
    def make(self, commit: UUID, lengths: Lengths, words: Iterable[str]) -> None:
        """Make both halves, empty; what stood there is removed."""
        self.remove()
        note = Note(str(self.generation), str(commit), FORMAT, lengths)
        with reported():
            for half in HALVES:
                body = {"settings": SETTINGS, "mappings": MAPPING}
                self.cluster.indices.create(index=self.name_of(half), body=body, **_patient())
            self._write([self._words_action(words), *self._note_actions(note)])

    def remove(self) -> None:
        with reported():
            names = ",".join(self.name_of(half) for half in HALVES)
            self.cluster.indices.delete(index=names, ignore_unavailable=True, **_patient())

    def announce(self) -> None:
        """Let the aliases `<prefix>-open` and `-closed`, which operators know, name this one."""
        actions: list[Action] = []
        for half in HALVES:
            alias = f"{self.prefix}-{half}"
            every = f"{self.prefix}-*-{half}"
            actions += [{"remove": {"index": every, "alias": alias, "must_exist": False}}]
            actions += [{"add": {"index": self.name_of(half), "alias": alias}}]
        with reported():
            self.cluster.indices.update_aliases(body={"actions": actions}, **_patient())

    # --- What it says of itself ---
    def note(self) -> Note:
        """Raises IndexLostError if either half has none, or one of another format.

        A writer that was cut off leaves the halves at two commits. Both may be expected; else what
        is written in one of them is not of this database.
        """
        with reported():
            docs = [{"_index": self.name_of(h), "_id": NOTE, "routing": NOTE} for h in HALVES]
            found = self.cluster.mget(body={"docs": docs}, request_timeout=NOTE_SECONDS)["docs"]
            first, second = (note_of(_found(document)) for document in found)
        if first.commit != second.commit and not {first.commit, second.commit} <= self.commits:
            raise IndexLostError("The two halves of the index are of two commits.")
        return first

    def words(self) -> frozenset[str]:
        with reported():
            where = {"_index": self.name_of(OPEN), "_id": "words", "routing": NOTE}
            (found,) = self.cluster.mget(body={"docs": [where]})["docs"]
            return frozenset(_found(found)[NOTE]["words"])

    def count(self) -> int:
        with reported():
            names = ",".join(self.name_of(half) for half in HALVES)
            return int(self.cluster.count(index=names, body=EVERY, **_patient())["count"])

    def known(self) -> Iterator[tuple[str, int, str]]:
        """Key, version and audience of all documents."""
        with reported():
            for half in HALVES:
                for hit in helpers.scan(
                    self.cluster, EVERY, index=self.name_of(half), size=SCAN_SIZE, **_patient()
                ):
                    yield hit["_id"], hit["_source"]["version"], hit["_routing"]

    # --- Writing ---
    def write(
        self, documents: Iterable[IndexDocument], gone: Mapping[str, int], commit: UUID
    ) -> int:
        """Put documents in place of their older selves, take `gone` away, and say which commit.

        An older version never takes the place of a newer one: the cluster refuses it.
        """
        note = self.note()
        actions = [a for document in documents for a in self._actions(document, note.lengths)]
        actions += [
            self._removal(half, key, version) for key, version in gone.items() for half in HALVES
        ]
        renewed = Note(note.generation, str(commit), FORMAT, note.lengths)
        with reported():
            return self._write([*actions, *self._note_actions(renewed)])

    def fill(self, documents: Iterable[IndexDocument]) -> None:
        """Without making anything show, and without taking away what is not there yet: together
        these took longer than the writing itself."""
        lengths = self.note().lengths
        with reported():
            self._write((self._addition(d, lengths) for d in documents), is_shown=False)

    def _actions(self, document: IndexDocument, lengths: Lengths) -> Iterator[Action]:
        """In its own half, and no longer in the other."""
        yield self._addition(document, lengths)
        other = CLOSED if half_of(document.audience) == OPEN else OPEN
        yield self._removal(other, document.key, document.version)

    def _addition(self, document: IndexDocument, lengths: Lengths) -> Action:
        source = source_of(document, lengths)
        half = half_of(document.audience)
        action = self._action(half, document.key, document.audience, source)
        return action | _versioned(document.version)

    def _action(self, half: str, key: str, routing: str, source: Mapping[str, Any]) -> Action:
        where = {"_index": self.name_of(half), "_id": key, "routing": routing}
        return {"_op_type": "index", **where, "_source": source}

    def _removal(self, half: str, key: str, version: int) -> Action:
        where = {"_index": self.name_of(half), "_id": key, "routing": NOTE}
        return {"_op_type": "delete", **where, **_versioned(version)}

    def _note_actions(self, note: Note) -> list[Action]:
        source = {NOTE: asdict(note)}
        return [self._action(half, NOTE, NOTE, source) for half in HALVES]

    def _words_action(self, words: Iterable[str]) -> Action:
        return self._action(OPEN, "words", NOTE, {NOTE: {"words": sorted(words)}})

    def _write(self, actions: Iterable[Action], *, is_shown: bool = True) -> int:
        """All of it or EngineUnavailableError; what the index has newer, or never had, is fine.

        Gives how many were taken out of the open half.
        """
        left = 0
        for _, result in helpers.streaming_bulk(
            self.cluster,
            actions,
            max_chunk_bytes=MOST_BYTES,
            raise_on_error=False,
            refresh=is_shown,
            **_patient(),
        ):
            ((verb, outcome),) = result.items()
            if "error" in outcome and outcome["status"] != CONFLICT:
                raise lacking(outcome["error"])
            if outcome["status"] not in (CONFLICT, ABSENT) and outcome["status"] >= REFUSED:
                raise ValueError(f"{outcome['_id']}: {outcome['status']}")
            is_gone = verb == "delete" and outcome["status"] < REFUSED
            left += is_gone and outcome["_index"] == self.name_of(OPEN)
        return left


def _versioned(version: int) -> dict[str, Any]:
    return {"version": version, "version_type": "external_gte"}


def _patient() -> dict[str, Any]:
    return {"request_timeout": WRITE_SECONDS}


def note_of(source: Mapping[str, Any]) -> Note:
    """Raises IndexLostError for a note of another format, or of none."""
    try:
        values = source[NOTE]
        note = Note(**values | {"lengths": Lengths(**values["lengths"])})
    except (LookupError, TypeError) as error:
        raise IndexLostError("The note of the index is not ours.") from error
    if note.format != FORMAT:
        raise IndexLostError(f"The index is of format {note.format}.")
    return note


def _found(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The source of one document of several that were asked for by name."""
    if "error" in document:
        raise lacking(document["error"])
    if document["found"] is False:
        raise IndexLostError(f"The index has no {document['_id']}.")
    source: Mapping[str, Any] = document["_source"]
    return source
