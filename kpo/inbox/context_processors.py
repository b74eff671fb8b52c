"""The bell in the header: how many lines are new. Asked only where a template shows it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kpo.inbox.lines import unread_count
from kpo.people.reader import current_reader


def bell(request: HttpRequest) -> dict[str, Any]:
    if request.path.startswith("/cms/"):
        return {}
    return {"inbox_count": SimpleLazyObject(lambda: unread_count(current_reader(request)))}
