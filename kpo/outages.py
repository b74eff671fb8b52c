"""What a visitor sees when a part of the machine fails: which part, and what still works."""

import errno
import sys

from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error as unexplained

RETRY_SECONDS = "5"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EACCES, errno.EPERM}
# SQLSTATE of a full disk and of a database that only reads (PostgreSQL, appendix A).
NO_ROOM_STATES = {"53100", "25006"}


def server_error(request: HttpRequest) -> HttpResponse:
    """Handler of error 500, called while the exception is being handled.

    503 when the database is away for a moment, 507 when nothing can be kept, 500 otherwise.
    """
    error = sys.exc_info()[1]
    if is_lack_of_room(error):
        return HttpResponse(render_to_string("507.html"), status=507)
    if isinstance(error, OperationalError | InterfaceError):
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": RETRY_SECONDS})
    return unexplained(request)


def is_lack_of_room(error: BaseException | None) -> bool:
    """Whether writing failed, to our folder or in the database, for a reason outside KPO."""
    if isinstance(error, DatabaseError):
        return getattr(error.__cause__, "sqlstate", None) in NO_ROOM_STATES
    return isinstance(error, OSError) and error.errno in NO_ROOM
