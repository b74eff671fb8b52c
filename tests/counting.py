"""How many queries something takes, whatever a process happens to remember at that moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kpo.pages import site_roots


def queries_of(ask: Callable[[], Any]) -> int:
    """Where the site begins is remembered for half a minute, which on a busy machine may end
    between two requests of one test: it is asked anew before, and counts nowhere.
    """
    site_roots.forget()
    site_roots.root_paths()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)
