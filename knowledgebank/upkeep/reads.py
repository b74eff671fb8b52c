"""How often pages are read: counts per page and day, and nothing about who read.

A request writes nothing: it adds one in memory, and some seconds later a thread writes what came
together. A process that is killed loses those seconds, which is what a count may cost.
"""

from __future__ import annotations

import atexit
from collections import Counter
from datetime import date
from threading import Lock, Timer

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

log = structlog.get_logger(__name__)

# A page that was deleted meanwhile has no count.
_ADD = """
INSERT INTO knowledgebank_readcount AS known (page_id, day, times)
SELECT page.readablepage_ptr_id, read.day, read.times
FROM unnest(%s::int[], %s::date[], %s::int[]) AS read (page, day, times)
JOIN knowledgebank_knowledgepage AS page ON page.readablepage_ptr_id = read.page
ON CONFLICT (page_id, day) DO UPDATE SET times = known.times + excluded.times
"""

_lock = Lock()
_tally: Counter[tuple[int, date]] = Counter()
_timer: Timer | None = None


def note(page: int) -> None:
    """Count one more reading of the page with this key, today."""
    global _timer  # noqa: PLW0603  the one thread that this process has for it
    with _lock:
        _tally[page, timezone.localdate()] += 1
        if _timer is None and settings.KPO_READS_AFTER_SECONDS is not None:
            _timer = Timer(settings.KPO_READS_AFTER_SECONDS, _write_in_time)
            _timer.daemon = True
            _timer.start()
            # Not where nothing is written in time, as in tests, whose database is gone by then.
            atexit.unregister(write)
            atexit.register(write)


def _write_in_time() -> None:
    global _timer  # noqa: PLW0603  see above
    with _lock:
        _timer = None
    try:
        write()
    finally:
        connection.close()


def write() -> None:
    """Add what was counted to the table; what the database does not take now waits on."""
    with _lock:
        taken = Counter(_tally)
        _tally.clear()
    if not taken:
        return
    try:
        _add(taken)
    except DatabaseError as error:
        with _lock:
            _tally.update(taken)
        log.warning("knowledgebank.reads_unwritten", reason=type(error).__name__)


def _add(taken: Counter[tuple[int, date]]) -> None:
    # In one order, so that two processes wait for each other and never both.
    rows = sorted(taken.items())
    pages = [page for (page, _), _ in rows]
    days = [day for (_, day), _ in rows]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [pages, days, [times for _, times in rows]])
