"""What the one writer does: bring the index after the rows, make it anew, compare the two."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from kpo.people import tokens
from search import dutch, fields, generations, vocabulary
from search.dutch import words
from search.engines.halves import OPEN_AUDIENCES
from search.engines.protocol import EngineUnavailableError, Index
from search.fields import IndexDocument, Lengths
from search.models import Change, Row, State
from search.questions import Question, parse
from search.stores import store
from search.weights import weights

# Records per commit: each has all its passages, so this bounds the memory of the writer.
BATCH = 200
SAMPLE = 300
# Questions that an engine may take to come up to speed.
WARMING = 60


def apply_changes(*, also: Index | None = None) -> int:
    """Bring the serving index, and one that is being made, up to date; returns how many keys.

    Raises IndexLostError if there is no index of this database to bring up to date.
    """
    done = 0
    while changes := list(Change.objects.order_by("version")[:BATCH]):
        versions = {change.key: change.version for change in changes}
        _write(versions, also)
        vocabulary.add(list(versions))
        _confirm(changes)
        done += len(changes)
    return done


def warm() -> None:
    """Let an engine that has just started answer in time before people ask it.

    The titles of what everybody may read are asked, one after the other.
    """
    titles = Row.objects.records().filter(audience=tokens.PUBLIC).values_list("title", flat=True)
    wanted = map(parse, titles[:WARMING])
    asked = (Question(one, OPEN_AUDIENCES) for one in wanted if not one.is_empty)
    store().warm(generations.serving(), asked, weights())


def _write(versions: Mapping[str, int], also: Index | None) -> None:
    """Bring these keys up to date; `versions` are those of their latest changes."""
    documents = documents_of(versions)
    gone = _gone(versions, documents)
    known = generations.state()
    if known.generation is None and also is not None:
        _note_left(also.write(documents, gone, uuid.UUID(also.note().commit)))
        return
    index = generations.checked(known)
    commit = generations.announce_commit(known)
    left = index.write(documents, gone, commit)
    generations.confirm_commit(known, commit)
    if also is not None:
        left += also.write(documents, gone, uuid.UUID(also.note().commit))
    _note_left(left)


def _note_left(left: int) -> None:
    if left:
        State.objects.filter(pk=1).update(left_open=F("left_open") + left)


def _gone(versions: Mapping[str, int], documents: Iterable[IndexDocument]) -> dict[str, int]:
    """The keys of which no rows are left."""
    there = {document.key for document in documents}
    return {key: version for key, version in versions.items() if key not in there}


def _confirm(changes: Sequence[Change]) -> None:
    """Only as far as was read: a key that changed again meanwhile stays on the list."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_change USING unnest(%s::text[], %s::bigint[]) AS done(key, version)"
            " WHERE search_change.key = done.key AND search_change.version = done.version",
            [[change.key for change in changes], [change.version for change in changes]],
        )


def documents_of(keys: Iterable[str]) -> list[IndexDocument]:
    """What the index must hold for these keys, from the rows; keys without rows are left out."""
    by_key: dict[str, list[Row]] = defaultdict(list)
    for row in Row.objects.filter(key__in=list(keys)).defer("vector", "stems").order_by("part"):
        by_key[row.key].append(row)
    return [document_of(rows) for rows in by_key.values() if rows[0].part == 0]


def document_of(rows: Sequence[Row]) -> IndexDocument:
    """What the index must hold of one record: its own row, then those of its passages."""
    first, *passages = rows
    return IndexDocument(
        key=first.key,
        version=first.version,
        audience=first.audience,
        type=first.type,
        title=first.title,
        names=tuple(first.names),
        title_words=tuple(words(" ".join([first.title, *first.short_names]))),
        heading_words=tuple(first.heading_vocabulary.split()),
        body_words=_body(first, passages),
        themes=tuple(first.themes),
        kind=first.kind,
        regions=tuple(first.regions),
        organisation=first.organisation,
        date=first.date,
        review_state=first.review_state,
        is_obsolete=first.is_obsolete,
        link_words=tuple(first.link_words.split()),
    )


def _body(first: Row, passages: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    headed = [(*words(row.heading), *row.words.split()) for row in passages]
    return (tuple(words(first.text)), *headed)


# --- Anew ----------------------------------------------------------------------------------------
def rebuild() -> State:
    """Make a new index beside the old one, then switch to it; nobody notices meanwhile.

    What changes while it runs is written to both, and what remains follows by its own job.
    """
    own_words = frequent_words()
    dutch.learn(own_words)
    generation, commit = uuid.uuid4(), uuid.uuid4()
    started_at, left_before = _latest_version(), generations.state().left_open
    index = store().create(generation, commit, _lengths(), own_words)
    for keys in batched_keys():
        index.fill(documents_of(keys))
        _keep_up(index)
    _replay(index, commit, since=started_at)
    _switch(generation, commit, left_before)
    vocabulary.refresh()
    store().keep_only(generations.state().generation)
    return generations.state()


def _latest_version() -> int:
    return Row.objects.records().order_by("-version").values_list("version", flat=True).first() or 0


def _keep_up(index: Index) -> None:
    try:
        apply_changes(also=index)
    except EngineUnavailableError:
        # Nothing serves, so nothing is behind; the new index takes the changes in below.
        return


def _replay(index: Index, commit: uuid.UUID, *, since: int) -> None:
    """Write again what changed since the start, removals included; all shows from then on."""
    rows = Row.objects.records().filter(version__gt=since).values_list("key", "version")
    changed = {**dict(Change.objects.values_list("key", "version")), **dict(rows)}
    for keys in _batches(sorted(changed)):
        documents = documents_of(keys)
        gone = _gone({key: changed[key] for key in keys}, documents)
        _note_left(index.write(documents, gone, commit))
    index.write([], {}, commit)


def _switch(generation: uuid.UUID, commit: uuid.UUID, left_before: int) -> None:
    """`left_before` of those that left the open half did so before the new index was begun."""
    with transaction.atomic():
        generations.state()
        State.objects.filter(pk=1).update(
            generation=generation,
            commit=commit,
            pending_commit=None,
            built_at=timezone.now(),
            left_open=F("left_open") - left_before,
        )


def forget_left() -> bool:
    """Make the index anew if something left its open half since it was made; says whether.

    Engines count what was deleted in how rare words are and how long texts are, on which the order
    of what outsiders see depends; the list of words and the parts of compounds remember it too.
    """
    if not generations.state().left_open:
        return False
    rebuild()
    return True


def batched_keys() -> Iterator[list[str]]:
    """Keys of all records, a batch at a time, without a cursor that stays open."""
    last = ""
    while keys := list(
        Row.objects.records()
        .filter(key__gt=last)
        .order_by("key")
        .values_list("key", flat=True)[:BATCH]
    ):
        yield keys
        last = keys[-1]


def _batches(keys: list[str]) -> Iterator[list[str]]:
    return (keys[at : at + BATCH] for at in range(0, len(keys), BATCH))


def _open_records() -> QuerySet[Row]:
    return Row.objects.records().filter(audience__in=OPEN_AUDIENCES)


def _lengths() -> Lengths:
    """Mean lengths over the newest open records, for the padding of the long fields."""
    newest = _open_records().order_by("-version").values_list("key", flat=True)[:SAMPLE]
    found = [
        fields.lengths_of(chain.from_iterable(document.body_words))
        for keys in _batches(list(newest))
        for document in documents_of(keys)
    ]
    if not found:
        return Lengths()
    total = len(found)
    return Lengths(
        parts=sum(one.parts for one in found) // total,
        grams=sum(one.grams for one in found) // total,
    )


def frequent_words() -> frozenset[str]:
    """Words that two open records or more use: they too may be parts of compounds.

    Never those of closed records, on which the order that outsiders see would then depend.
    """
    seen: set[str] = set()
    twice: set[str] = set()
    for text in _open_records().values_list("vocabulary", flat=True).iterator(500):
        found = {word for word in text.split() if len(word) >= 4 and word.isalpha()}
        twice |= found & seen
        seen |= found
    return frozenset(twice)
