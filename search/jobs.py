"""The jobs of the one writer: queue "search" runs one at a time."""

from __future__ import annotations

import structlog
from django.utils import timezone
from django_tasks import task

from kpo import jobs
from search import comparison, generations, insight, refusals, upkeep, vocabulary
from search.engines.protocol import EngineUnavailableError

log = structlog.get_logger(__name__)


@jobs.name("De zoekindex bijwerken")
@task(queue_name="search")
def index_changes() -> None:
    """Bring the index after the rows; without an index of this database, make one."""
    try:
        upkeep.apply_changes()
    except EngineUnavailableError:
        upkeep.rebuild()
        upkeep.apply_changes()


@jobs.name("De zoekindex opnieuw maken")
@task(queue_name="search")
def rebuild_index() -> None:
    upkeep.rebuild()
    upkeep.apply_changes()


@jobs.name("Kijken of de zoekindex er nog is")
@jobs.periodic(cron="* * * * *")
@task(queue_name="search")
def keep_index() -> None:
    """Make an index where there is none of this database: at the first start, or after a loss."""
    # What this process still has open may be gone from the disk.
    generations.forget_open()
    try:
        generations.check()
    except EngineUnavailableError:
        upkeep.rebuild()
    upkeep.apply_changes()


@jobs.name("De zoekindex vergelijken met de database")
@jobs.periodic(cron="15 2 * * *")
@task(queue_name="search")
def check_index() -> None:
    """Every night: freshen the list of words, compare, and make the index anew if it differs."""
    vocabulary.refresh()
    keep_index.call()
    refusals.forget_old()
    found = comparison.compare()
    comparison.note(found)
    if found.differences:
        log.error("search.index_differs", count=len(found.differences))
        upkeep.rebuild()
        upkeep.apply_changes()


@jobs.name("Zoekvragen optellen en vergeten wie ze stelde")
@jobs.periodic(cron="10 0 * * *")
@task()
def settle_insight() -> None:
    """Every night; a night that was missed is made up for by the next."""
    insight.settle(timezone.localdate())
