"""The words that corrections are proposed from: of open records, and of closed titles."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from search.engines.halves import OPEN_AUDIENCES

_FILL = """
INSERT INTO search_word (word, audience, count)
SELECT word, audience, least(count(*), 1000000) FROM search_row,
    unnest(string_to_array(
        CASE WHEN audience = ANY(%s) THEN vocabulary ELSE label END, ' '
    )) AS word
WHERE part = 0 AND word ~ '^[[:alpha:]]{4,60}$' AND (%s::text[] IS NULL OR key = ANY(%s))
GROUP BY word, audience
ON CONFLICT (word, audience) DO UPDATE SET count = greatest(search_word.count, excluded.count)
"""


def refresh() -> None:
    """Make the list anew, so that words which are gone from the records leave it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_word")
        _fill(cursor, None)


def add(keys: list[str]) -> None:
    """Let the words of these records take part at once."""
    with connection.cursor() as cursor:
        _fill(cursor, keys)


def _fill(cursor: CursorWrapper, keys: list[str] | None) -> None:
    cursor.execute(_FILL, [list(OPEN_AUDIENCES), keys, keys])
