"""Which index belongs to this database, and whether what is there is really it."""

from __future__ import annotations

import threading
import uuid

from django.db import connection

from search import dutch
from search.engines.protocol import EngineUnavailableError, Index, IndexLostError
from search.models import State
from search.stores import store

_open: dict[uuid.UUID, Index] = {}
_lock = threading.Lock()


def state() -> State:
    """The one row, made when first asked for."""
    return State.objects.get_or_create(pk=1)[0]


def snapshot() -> tuple[State, frozenset[str]]:
    """Which index belongs to this database and which keys it may not show, in one query.

    The versions of the lists of synonyms and pins come along, so that a search need not ask.

    Taken before the index is looked at: a key leaves the list only after the commit that made it
    needless, and that commit is named here from then on.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generation, commit, pending_commit, "
            "(SELECT version FROM search_synonymlist WHERE id = 1), "
            "(SELECT version FROM search_pinlist WHERE id = 1), "
            "(SELECT coalesce(array_agg(key), '{}') FROM search_change WHERE is_withheld) "
            "FROM (SELECT 1) AS always LEFT JOIN search_state ON id = 1"
        )
        generation, commit, pending, synonyms, pins, withheld = cursor.fetchone()
    found = State()
    if commit is not None:
        found = State(generation=generation, commit=commit, pending_commit=pending)
    found.synonyms, found.pins = synonyms, pins
    return found, frozenset(withheld)


def serving(known: State | None = None) -> Index:
    """The index to answer from, at a commit that this database knows.

    Raises IndexLostError if there is none, or if it is older than this database or of another one.
    """
    known = known or state()
    if known.generation is None:
        raise IndexLostError("No index was made yet.")
    with _lock:
        index = _open.get(known.generation)
    if index is not None:
        return _at(index, known)
    index = store().open(known.generation)
    current = _at(index, known)
    dutch.learn(index.words())
    with _lock:
        _open[known.generation] = index
    return current


def checked(known: State | None = None) -> Index:
    """The index to write in; raises IndexLostError unless all of it is there and this database's.

    Serving compares with every answer; a writer must know before it says a new commit.
    """
    known = known or state()
    index = serving(known)
    if index.note().commit not in _commits(known):
        raise IndexLostError("The index is at a commit of another database.")
    return index


def _at(index: Index, known: State) -> Index:
    try:
        return index.at(_commits(known))
    except EngineUnavailableError:
        forget_open()
        raise


def _commits(known: State) -> frozenset[str]:
    """A writer that died between the index's commit and ours leaves the pending one."""
    return frozenset(str(commit) for commit in (known.commit, known.pending_commit) if commit)


def announce_commit(known: State) -> uuid.UUID:
    """Write down which commit comes next, before the index is touched.

    One that was announced before, by a writer that was cut off, stands: a half may say it already.
    """
    commit = known.pending_commit or uuid.uuid4()
    State.objects.filter(pk=1, generation=known.generation).update(pending_commit=commit)
    return commit


def confirm_commit(known: State, commit: uuid.UUID) -> None:
    here = State.objects.filter(pk=1, generation=known.generation)
    here.update(commit=commit, pending_commit=None)


def forget_open() -> None:
    """Open every index anew when it is next asked: what this process has open may be gone."""
    with _lock:
        _open.clear()
