"""The jobs of the one writer: queue "search" runs one at a time."""

from __future__ import annotations

from django_tasks import task

from kpo import jobs
from search import upkeep
from search.engines.protocol import EngineUnavailableError


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
