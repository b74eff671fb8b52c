"""One generation of the Tantivy index: a folder with an open and a closed half, and a note.

The note says of which database and which commit the folder is; see indexing for who compares it.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

import tantivy

from search.engines.halves import HALVES, OPEN, half_of
from search.engines.protocol import EngineUnavailableError, IndexLostError, Note
from search.engines.tantivy_fields import FORMAT, document_of, schema
from search.fields import IndexDocument, Lengths

NOTE = "index.json"
WORDS = "words.txt"
WRITER_BYTES = 64_000_000


@contextmanager
def _refused() -> Iterator[None]:
    """A disk that is full or may not be written is waited for, as an engine that is away."""
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError is what tantivy raises for everything.
        raise EngineUnavailableError(f"The index cannot be written: {error}") from error


class Folder:
    """The two indexes of one generation on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._indexes: dict[str, tantivy.Index] = {}
        # The note that the readers show, and what keeps two threads from turning to one at once.
        self._shown = 0
        self._lock = threading.Lock()

    @classmethod
    def create(
        cls, path: Path, generation: UUID, commit: UUID, lengths: Lengths, words: Iterable[str]
    ) -> Folder:
        """A new, empty generation; what stood there is removed."""
        shutil.rmtree(path, ignore_errors=True)
        for half in HALVES:
            (path / half).mkdir(parents=True)
            tantivy.Index(schema(), path=str(path / half))
        (path / WORDS).write_text("\n".join(sorted(words)), "utf-8")
        folder = cls(path)
        folder._write_note(Note(str(generation), str(commit), FORMAT, lengths))
        return folder

    def at(self, commits: frozenset[str]) -> Folder:
        """Itself, its readers at the latest commit; raises IndexLostError for any other."""
        with self._lock:
            written = self._written()
            note = self.note()
            if note.generation != self.path.name or note.commit not in commits:
                raise IndexLostError("The index on disk is not that of this database.")
            if not self._shown:
                for half in HALVES:
                    self.index(half)
            if written != self._shown:
                self.reload()
                self._shown = written
        return self

    def _written(self) -> int:
        """Which file the note is: a writer that was cut off may say the same commit twice."""
        path = self.path / NOTE
        return path.stat().st_mtime_ns if path.exists() else 0

    def note(self) -> Note:
        """Raises IndexLostError if there is none, or one of another format."""
        try:
            values = json.loads((self.path / NOTE).read_text("utf-8"))
            note = Note(**values | {"lengths": Lengths(**values["lengths"])})
        except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError) as error:
            raise IndexLostError(f"No readable index in {self.path}.") from error
        except OSError as error:
            raise EngineUnavailableError(f"The disk of {self.path}: {error}") from error
        if note.format != FORMAT:
            raise IndexLostError(f"The index in {self.path} is of format {note.format}.")
        return note

    def _write_note(self, note: Note) -> None:
        draft = self.path / f"{NOTE}.new"
        draft.write_text(json.dumps(asdict(note)), "utf-8")
        draft.replace(self.path / NOTE)

    def words(self) -> frozenset[str]:
        path = self.path / WORDS
        return frozenset(path.read_text("utf-8").split()) if path.exists() else frozenset()

    def index(self, half: str) -> tantivy.Index:
        if half not in self._indexes:
            try:
                index = tantivy.Index.open(str(self.path / half))
                index.config_reader("manual")
                index.reload()
            except ValueError as error:
                raise IndexLostError(f"The index in {self.path} does not open.") from error
            self._indexes[half] = index
        return self._indexes[half]

    def reload(self) -> None:
        for index in self._indexes.values():
            index.reload()

    def write(
        self, documents: Iterable[IndexDocument], gone: Mapping[str, int], commit: UUID
    ) -> int:
        """What the protocol asks; versions need no look here, since there is one writer."""
        note = self.note()
        added = {document.key: document for document in documents}
        left = 0
        for half in HALVES:
            mine = [document for document in added.values() if half_of(document.audience) == half]
            old = [key for key in {*added, *gone} if self.has(half, key)]
            if mine or old:
                self._write_half(half, mine, old, note.lengths)
            if half == OPEN:
                left = len(set(old).difference(document.key for document in mine))
        with _refused():
            self._write_note(Note(note.generation, str(commit), FORMAT, note.lengths))
        self.reload()
        return left

    def fill(self, documents: Iterable[IndexDocument]) -> None:
        self.write(documents, {}, UUID(self.note().commit))

    def has(self, half: str, key: str) -> bool:
        return self.index(half).searcher().doc_freq("key", key) > 0

    def _write_half(
        self, half: str, added: list[IndexDocument], old: list[str], lengths: Lengths
    ) -> None:
        documents = [document_of(document, lengths) for document in added]
        with _refused():
            writer = self.index(half).writer(WRITER_BYTES, num_threads=1)
            try:
                for key in old:
                    writer.delete_documents_by_term("key", key)
                for document in documents:
                    writer.add_document(document)
                writer.commit()
                writer.garbage_collect_files()
            finally:
                # Also gives up what was not committed, and lets go of the lock.
                writer.wait_merging_threads()

    def known(self) -> Iterator[tuple[str, int, str]]:
        try:
            for half in HALVES:
                searcher = self.index(half).searcher()
                if searcher.num_docs:
                    every = tantivy.Query.all_query()
                    for _, address in searcher.search(every, searcher.num_docs, count=False).hits:
                        document = searcher.doc(address)
                        yield document["key"][0], document["version"][0], document["audience"][0]
        except ValueError as error:
            raise IndexLostError(f"The index in {self.path} cannot be read.") from error

    def count(self) -> int:
        return sum(int(self.index(half).searcher().num_docs) for half in HALVES)
