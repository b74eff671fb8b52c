"""Writing records as rows, in the transaction that changes the thing itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from kpo.people import tokens
from search import fields
from search.dutch import LANGUAGE, fold, name_of, words
from search.models import Row
from search.records import Passage, SearchRecord

# What a request of several keys locks first, so that two of them never wait for each other.
LOCK_SPACE = 5_201


@dataclass(frozen=True, slots=True)
class Written:
    """What a write came to: whether anything changed, and which version the rows now are."""

    is_changed: bool
    version: int = 0


def lock(keys: Iterable[str]) -> None:
    """Hold these keys until the transaction ends; who comes second reads what the first wrote."""
    with connection.cursor() as cursor:
        for key in sorted(keys):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK_SPACE, key])


def next_version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('search_version')")
        return int(cursor.fetchone()[0])


@transaction.atomic
def write(record: SearchRecord, *, is_own_edit: bool = True) -> Written:
    """Put the rows of a record in place of its older ones.

    `is_own_edit` False says that the cause lies elsewhere: what then disappears may have been
    closed there, so the key is withheld until the index has followed. Raises ValueError for a
    record without an audience; an older version than the one stored changes nothing.
    """
    if record.audience in ("", tokens.NOBODY):
        raise ValueError(f"{record.key} has no audience.")
    stored = list(Row.objects.filter(key=record.key).order_by("part"))
    digest = _digest(record)
    if stored and (stored[0].digest == digest or _is_older(record, stored[0])):
        return Written(is_changed=False)
    version = record.version or next_version()
    rows = _rows(record, version, digest, _still_good(stored))
    Row.objects.filter(key=record.key).delete()
    Row.objects.bulk_create(rows)
    _fill_vectors(record.key)
    is_withheld = bool(stored) and _takes_away(stored, rows, is_own_edit=is_own_edit)
    note_change(record.key, version, is_withheld=is_withheld)
    return Written(is_changed=True, version=version)


def rows_of(record: SearchRecord) -> list[Row]:
    """The rows of a record as `write` would store them."""
    return _rows(record, record.version, _digest(record), {})


@transaction.atomic
def erase(key: str) -> Written:
    """Take the rows of a key away; it is in no answer from this transaction on."""
    count, _ = Row.objects.filter(key=key).delete()
    if not count:
        return Written(is_changed=False)
    version = next_version()
    note_change(key, version, is_withheld=True)
    return Written(is_changed=True, version=version)


def renew(key: str, *, is_withheld: bool) -> None:
    """Let the index hear of this key again, under a version that it never had."""
    version = next_version()
    Row.objects.filter(key=key).update(version=version)
    note_change(key, version, is_withheld=is_withheld)


@transaction.atomic
def rewrite_links(key: str, texts: Iterable[str]) -> bool:
    """Put other words of links in place of a record's; says whether they differ."""
    now = _link_words(texts)
    if not Row.objects.records().filter(key=key).exclude(link_words=now).update(link_words=now):
        return False
    version = next_version()
    Row.objects.filter(key=key).update(version=version)
    note_change(key, version, is_withheld=False)
    return True


def note_change(key: str, version: int, *, is_withheld: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_change AS c (key, version, is_withheld, changed_at) "
            "VALUES (%s, %s, %s, now()) ON CONFLICT (key) DO UPDATE SET "
            "version = greatest(c.version, excluded.version), "
            "is_withheld = c.is_withheld OR excluded.is_withheld, changed_at = now()",
            [key, version, is_withheld],
        )


def _is_older(record: SearchRecord, stored: Row) -> bool:
    return bool(record.version) and record.version < stored.version


def _digest(record: SearchRecord) -> str:
    """Of the record, and of how its words were read."""
    text = repr(record).encode("utf-8", "surrogatepass")
    return f"{LANGUAGE}:{hashlib.blake2b(text, digest_size=28).hexdigest()}"


def _still_good(stored: list[Row]) -> dict[str, Row]:
    """Passages by their text, of which the words need not be read again."""
    is_good = bool(stored) and stored[0].digest.startswith(f"{LANGUAGE}:")
    return {row.text: row for row in stored[1:]} if is_good else {}


def _takes_away(stored: list[Row], rows: list[Row], *, is_own_edit: bool) -> bool:
    """Whether somebody who finds it now could find it by something no longer open to them.

    Someone's own edit of a text hides nothing that was closed; another audience, a file or theme
    less, or text that went away because of a change elsewhere may.
    """
    before, after = stored[0], rows[0]
    if before.audience != after.audience or not set(before.themes) <= set(after.themes):
        return True
    if not {row.file for row in stored} <= {row.file for row in rows}:
        return True
    texts_gone = not {row.text for row in stored} <= {row.text for row in rows}
    return texts_gone and not is_own_edit


def _rows(record: SearchRecord, version: int, digest: str, known: dict[str, Row]) -> list[Row]:
    shared = {
        "key": record.key,
        "audience": record.audience,
        "version": version,
        "type": record.type,
    }
    passages = [
        _passage_row(passage, part, known.get(_plain(passage.text)), shared)
        for part, passage in enumerate(record.passages, 1)
    ]
    first = _record_row(record, digest, shared)
    first.vocabulary = _vocabulary([first.words, *(row.words for row in passages)])
    first.heading_vocabulary = _vocabulary(" ".join(words(row.heading)) for row in passages)
    return [first, *passages]


def _vocabulary(texts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(word for text in texts for word in text.split()))


def _record_row(record: SearchRecord, digest: str, shared: dict[str, object]) -> Row:
    names = dict.fromkeys(name_of(name) for name in (record.title, *record.short_names))
    found = words(" ".join([record.title, *record.short_names, record.summary]))
    return Row(
        part=0,
        digest=digest,
        title=_plain(record.title),
        short_names=[_plain(name) for name in record.short_names],
        label=fold(_plain(" ".join([record.title, *record.short_names]))),
        names=[name for name in names if name],
        text=_plain(record.summary),
        words=" ".join(found),
        stems=fields.distinct_forms(found),
        url=record.url,
        themes=list(record.themes),
        kind=record.kind,
        regions=list(record.regions),
        organisation=_plain(record.organisation),
        date=record.date,
        language=record.language,
        review_state=record.review_state,
        is_obsolete=record.is_obsolete,
        link_words=_link_words(record.link_texts),
        **shared,
    )


def _link_words(texts: Iterable[str]) -> str:
    return " ".join(words(_plain(" ".join(texts))))


def _passage_row(passage: Passage, part: int, known: Row | None, shared: dict[str, object]) -> Row:
    heading, text = _plain(passage.heading), _plain(passage.text)
    same = known if known is not None and known.heading == heading else None
    found = same.words.split() if same else words(text)
    return Row(
        part=part,
        text=text,
        words=" ".join(found),
        stems=same.stems if same else fields.distinct_forms([*words(heading), *found]),
        page=passage.page,
        anchor=passage.anchor,
        file=passage.file,
        heading=heading,
        url=passage.url,
        **shared,
    )


def _plain(text: str) -> str:
    """PostgreSQL keeps no NUL and no half of a character pair."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _fill_vectors(key: str) -> None:
    """What PostgreSQL itself searches while the engine is away: our own stems and parts.

    Those of a title weigh most, those of a heading more than those of running text.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE search_row SET vector = "
            "setweight(to_tsvector('simple', array_to_string(names, ' ')), 'A') || "
            "setweight(to_tsvector('simple', left(heading, 2000)), 'B') || "
            "array_to_tsvector(array_remove(stems, '')) WHERE key = %s",
            [key],
        )
