"""Commands that would trip over themselves: whoever comes second is told so, on any machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import connection


@contextmanager
def one_at_a_time(command: str) -> Iterator[None]:
    """Keep others from this command on the same database; raises CommandError in Dutch.

    The lock lives on a connection of its own, which nothing in between closes; it goes with the
    process when that is killed.
    """
    line = connection.copy()
    try:
        with line.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [command])
            if not cursor.fetchone()[0]:
                raise CommandError(
                    f"`{command}` loopt al op deze database. Wacht tot dat klaar is, en geef de "
                    "opdracht dan nog eens."
                )
        yield
    finally:
        line.close()
