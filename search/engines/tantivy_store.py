"""Generations of the embedded index: one folder each, in the data folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import UUID

from search.engines.tantivy import TantivyEngine
from search.engines.tantivy_index import Folder
from search.fields import Lengths
from search.questions import Question
from search.weights import Weights


class TantivyStore:
    """Needs nothing but a disk; one machine."""

    name = TantivyEngine.name

    def __init__(self, root: Path) -> None:
        self.root = root

    def path_of(self, generation: UUID) -> Path:
        return self.root / str(generation)

    def create(
        self, generation: UUID, commit: UUID, lengths: Lengths, words: Iterable[str]
    ) -> Folder:
        return Folder.create(self.path_of(generation), generation, commit, lengths, words)

    def open(self, generation: UUID) -> Folder:
        return Folder(self.path_of(generation))

    def keep_only(self, generation: UUID | None) -> None:
        if self.root.exists():
            for path in self.root.iterdir():
                if path.name != str(generation):
                    shutil.rmtree(path, ignore_errors=True)

    def engine(self, serving: Callable[[], Folder]) -> TantivyEngine:
        return TantivyEngine(serving)

    def warm(self, index: Folder, questions: Iterable[Question], weights: Weights) -> None:
        """Nothing to do: it is part of this process, and as fast at first as later."""
