"""Processes that die in the middle of something, for tests of what the next run makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db import connection, transaction


class KilledError(BaseException):
    """As from outside: no part of a job can go on after it."""


@contextmanager
def killed_before(statement: int) -> Iterator[None]:
    """The process is gone before this statement, the first being 0, reaches the database."""
    seen = count()

    def send(execute: Any, *args: Any) -> Any:
        # What comes after is the server undoing the transaction that was open.
        if next(seen) == statement:
            raise KilledError
        return execute(*args)

    with connection.execute_wrapper(send):
        yield


@contextmanager
def as_it_was() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
