"""One generation of the Tantivy index: a folder with an open and a closed half, and a note.

The note says of which database and which commit the folder is; see indexing for who compares it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

import tantivy

from kpo.people import tokens
from search.engines.protocol import EngineUnavailableError, IndexDocument
from search.engines.tantivy_fields import FORMAT, Lengths, document_of, schema

NOTE = "index.json"
WORDS = "words.txt"
OPEN = "open"
CLOSED = "closed"
OPEN_AUDIENCES = frozenset({tokens.PUBLIC, tokens.ACCOUNTS})
WRITER_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Note:
    """What a folder says of itself."""

    generation: str
    commit: str
    format: int
    lengths: Lengths


def half_of(audience: str) -> str:
    return OPEN if audience in OPEN_AUDIENCES else CLOSED


class Folder:
    """The two indexes of one generation on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._indexes: dict[str, tantivy.Index] = {}

    @classmethod
    def create(cls, path: Path, generation: UUID, commit: UUID, lengths: Lengths) -> Folder:
        """A new, empty generation; what stood there is removed."""
        shutil.rmtree(path, ignore_errors=True)
        for half in (OPEN, CLOSED):
            (path / half).mkdir(parents=True)
            tantivy.Index(schema(), path=str(path / half))
        folder = cls(path)
        folder._write_note(Note(str(generation), str(commit), FORMAT, lengths))
        return folder

    def note(self) -> Note:
        """Raises EngineUnavailableError if there is none, or one of another format."""
        try:
            values = json.loads((self.path / NOTE).read_text("utf-8"))
            note = Note(**values | {"lengths": Lengths(**values["lengths"])})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EngineUnavailableError(f"No readable index in {self.path}.") from error
        if note.format != FORMAT:
            raise EngineUnavailableError(f"The index in {self.path} is of format {note.format}.")
        return note

    def _write_note(self, note: Note) -> None:
        draft = self.path / f"{NOTE}.new"
        draft.write_text(json.dumps(asdict(note)), "utf-8")
        draft.replace(self.path / NOTE)

    def keep_words(self, words: Iterable[str]) -> None:
        """The site's own words by which the compounds in this index were taken apart."""
        (self.path / WORDS).write_text("\n".join(sorted(words)), "utf-8")

    def words(self) -> frozenset[str]:
        path = self.path / WORDS
        return frozenset(path.read_text("utf-8").split()) if path.exists() else frozenset()

    def open(self) -> None:
        """Open both halves now; raises EngineUnavailableError if one does not open."""
        for half in (OPEN, CLOSED):
            self.index(half)

    def index(self, half: str) -> tantivy.Index:
        if half not in self._indexes:
            try:
                index = tantivy.Index.open(str(self.path / half))
            except ValueError as error:
                raise EngineUnavailableError(f"The index in {self.path} does not open.") from error
            index.config_reader("manual")
            index.reload()
            self._indexes[half] = index
        return self._indexes[half]

    def reload(self) -> None:
        for index in self._indexes.values():
            index.reload()

    def write(self, documents: Iterable[IndexDocument], gone: Iterable[str], commit: UUID) -> None:
        """Put documents in place of their older selves, take `gone` away, and say which commit."""
        note = self.note()
        added = {document.key: document for document in documents}
        for half in (OPEN, CLOSED):
            mine = [document for document in added.values() if half_of(document.audience) == half]
            old = [key for key in {*added, *gone} if self.has(half, key)]
            if mine or old:
                self._write_half(half, mine, old, note.lengths)
        self._write_note(Note(note.generation, str(commit), FORMAT, note.lengths))
        self.reload()

    def has(self, half: str, key: str) -> bool:
        return self.index(half).searcher().doc_freq("key", key) > 0

    def _write_half(
        self, half: str, added: list[IndexDocument], old: list[str], lengths: Lengths
    ) -> None:
        writer = self.index(half).writer(WRITER_BYTES, num_threads=1)
        try:
            for key in old:
                writer.delete_documents_by_term("key", key)
            for document in added:
                writer.add_document(document_of(document, lengths))
            writer.commit()
            writer.garbage_collect_files()
        finally:
            # Also gives up what was not committed, and lets go of the lock.
            writer.wait_merging_threads()

    def remove(self) -> None:
        self._indexes.clear()
        shutil.rmtree(self.path, ignore_errors=True)
