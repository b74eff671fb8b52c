"""Which index folder belongs to this database, and whether what lies there is really it."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path

from django.conf import settings
from django.db import connection

from search import dutch
from search.engines.protocol import EngineUnavailableError
from search.engines.tantivy_index import Folder
from search.models import State

_open_folders: dict[Path, tuple[str, Folder]] = {}
_lock = threading.Lock()


def state() -> State:
    """The one row, made when first asked for."""
    return State.objects.get_or_create(pk=1)[0]


def snapshot() -> tuple[State, frozenset[str]]:
    """Which index belongs to this database and which keys it may not show, in one query.

    Taken before the index is looked at: a key leaves the list only after the commit that made it
    needless, and that commit is named here from then on.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generation, commit, pending_commit, "
            "(SELECT coalesce(array_agg(key), '{}') FROM search_change WHERE is_withheld) "
            "FROM search_state WHERE id = 1"
        )
        row = cursor.fetchone()
    if row is None:
        return State(), frozenset()
    *known, withheld = row
    names = ("generation", "commit", "pending_commit")
    return State(**dict(zip(names, known, strict=True))), frozenset(withheld)


def folder_of(generation: uuid.UUID) -> Path:
    return Path(settings.DATA_DIR) / "search" / str(generation)


def serving(known: State | None = None) -> Folder:
    """The folder to answer from, its readers at the latest commit.

    Raises EngineUnavailableError if there is none, or if it is older than this database or of
    another one: its note must name a commit that this database knows.
    """
    known = known or state()
    if known.generation is None:
        raise EngineUnavailableError("No index was made yet.")
    path = folder_of(known.generation)
    with _lock:
        commit, folder = _open_folders.get(path, ("", None))
        folder = folder or Folder(path)
        note = folder.note()
        if note.generation != str(known.generation) or note.commit not in _commits(known):
            _open_folders.pop(path, None)
            raise EngineUnavailableError("The index on disk is not that of this database.")
        if not commit:
            folder.open()
            dutch.learn(folder.words())
        if note.commit != commit:
            folder.reload()
            _open_folders[path] = (note.commit, folder)
        return folder


def _commits(known: State) -> set[str]:
    """A writer that died between the index's commit and ours leaves the pending one."""
    return {str(commit) for commit in (known.commit, known.pending_commit) if commit}


def announce_commit(generation: uuid.UUID) -> uuid.UUID:
    """Write down which commit comes next, before the index is touched."""
    commit = uuid.uuid4()
    State.objects.filter(pk=1, generation=generation).update(pending_commit=commit)
    return commit


def confirm_commit(generation: uuid.UUID, commit: uuid.UUID) -> None:
    State.objects.filter(pk=1, generation=generation).update(commit=commit, pending_commit=None)


def forget_open_folders() -> None:
    with _lock:
        _open_folders.clear()
