"""The jobs of the one writer: queue "search" runs one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import structlog
from django.utils import timezone
from django_tasks import task

from kpo import jobs
from search import comparison, generations, insight, links, refusals, upkeep, vocabulary
from search.comparison import Comparison
from search.engines.protocol import EngineUnavailableError, IndexLostError

log = structlog.get_logger(__name__)


@jobs.name("De zoekindex bijwerken")
@task(queue_name="search")
def index_changes() -> None:
    """Bring the index after the rows; without an index of this database, make one."""
    _unless_away(upkeep.apply_changes)


@jobs.name("Woorden van links bijwerken voor zoeken")
@task(queue_name="search")
def settle_links(targets: list[str]) -> None:
    """Let pages be found by what others call them now."""
    if links.settle(map(UUID, targets)):
        index_changes.enqueue()


@jobs.name("De zoekindex opnieuw maken")
@task(queue_name="search")
def rebuild_index() -> None:
    upkeep.rebuild()
    upkeep.apply_changes()


@jobs.name("Kijken of de zoekindex er nog is")
@jobs.periodic(cron="* * * * *")
@task(queue_name="search")
def keep_index() -> None:
    """Make an index where there is none of this database: at the first start, or after a loss.

    What changed while the engine was away is written now, and an engine that has just started is
    asked until it answers in time.
    """
    # What this process still has open may be gone from the disk.
    generations.forget_open()
    _unless_away(_check_and_apply)


def _check_and_apply() -> None:
    generations.checked()
    upkeep.apply_changes()
    upkeep.warm()


def _unless_away(bring_up: Callable[[], object]) -> None:
    """An index that is lost is made anew; an engine that is away is waited for.

    What changed stays on the list meanwhile, and `keep_index` tries again every minute.
    """
    try:
        try:
            bring_up()
        except IndexLostError as error:
            log.warning("search.index_lost", reason=str(error))
            upkeep.rebuild()
            upkeep.apply_changes()
    except EngineUnavailableError as error:
        log.warning("search.engine_away", reason=str(error))


@jobs.name("De zoekindex vergelijken met de database")
@jobs.periodic(cron="15 2 * * *")
@task(queue_name="search")
def check_index() -> None:
    """Every night: freshen the list of words, compare, and repair what differs.

    The operations page shows what was found until the next comparison, and administrators get a
    mail: a difference means that a change was missed, or that something else wrote in the index.
    """
    vocabulary.refresh()
    keep_index.call()
    refusals.forget_old()
    found = comparison.compare().settled
    comparison.note(found)
    if found.differences:
        log.error("search.index_differs", count=len(found.differences))
        refusals.tell_of_repair.enqueue()
        _repair(found)


@jobs.name("De zoekindex laten vergeten wat gesloten is")
@jobs.periodic(cron="25 * * * *")
@task(queue_name="search")
def forget_left() -> None:
    """Every hour: nothing that was narrowed or removed has a part in what outsiders see."""
    _unless_away(_forget_and_apply)


def _forget_and_apply() -> None:
    if upkeep.forget_left():
        upkeep.apply_changes()


@jobs.name("De zoekindex herstellen")
@task(queue_name="search")
def repair_index() -> None:
    """What an operator asked for; what could not be repaired is told by the next comparison."""
    keep_index.call()
    _unless_away(lambda: _repair(comparison.compare()))


def wait_for(job: Any) -> None:
    """Return when it has run, in a worker or, where none is alive, here."""
    jobs.wait_until(lambda: _is_over(job))


def _is_over(job: Any) -> bool:
    job.refresh()
    return bool(job.is_finished)


def _repair(found: Comparison) -> None:
    """Write again what differs; should that not be enough, make the whole index anew."""
    comparison.write_again(found.differences)
    upkeep.apply_changes()
    if comparison.compare().settled.differences:
        upkeep.rebuild()
        upkeep.apply_changes()


@jobs.name("Zoekvragen optellen en vergeten wie ze stelde")
@jobs.periodic(cron="10 0 * * *")
@task()
def settle_insight() -> None:
    """Every night; a night that was missed is made up for by the next."""
    insight.settle(timezone.localdate())
