"""What a visitor sees when a part of the machine fails: which part, and what still works."""

import errno
import sys
from collections.abc import Iterator

import psycopg
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error as unexplained

RETRY_SECONDS = "5"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EACCES, errno.EPERM}
# SQLSTATE of a full disk and of a database that only reads (PostgreSQL, appendix A).
NO_ROOM_STATES = {"53100", "25006"}


AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


def server_error(request: HttpRequest) -> HttpResponse:
    """Handler of error 500, called while the exception is being handled.

    503 when the database is away for a moment, 507 when nothing can be kept, 500 otherwise.
    """
    errors = list(_with_causes(sys.exc_info()[1]))
    if any(is_lack_of_room(error) for error in errors):
        return HttpResponse(render_to_string("507.html"), status=507)
    if any(isinstance(error, AWAY) for error in errors):
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": RETRY_SECONDS})
    return unexplained(request)


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it was raised from: the queue wraps those of the database."""
    while error is not None:
        yield error
        error = error.__cause__


def is_lack_of_room(error: BaseException | None) -> bool:
    """Whether writing failed, to our folder or in the database, for a reason outside KPO."""
    if isinstance(error, DatabaseError):
        error = error.__cause__
    if isinstance(error, psycopg.Error):
        return error.sqlstate in NO_ROOM_STATES
    return isinstance(error, OSError) and error.errno in NO_ROOM
