"""Calling a verb from a screen and saying in one sentence how it went."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def attempt(request: HttpRequest, verb: Callable[[], object], done: str) -> bool:
    """Call `verb`; the reader sees `done`, or the reason it was refused. Returns whether it went.

    A missing right is no answer but a PermissionDenied: the screens do not offer it.
    """
    try:
        verb()
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return False
    messages.success(request, done)
    return True
