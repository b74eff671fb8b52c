"""Reminding people to look at pages again: a month before, on the day, and a month after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django_tasks import task

from knowledgebank.models import KnowledgePage, Reminder
from knowledgebank.upkeep.notices import DUE
from kpo import jobs
from kpo.inbox.telling import tell

Step = Reminder.Step
# The last one first: who was away hears what fits today, and not what would have fitted before.
FROM = ((Step.AFTER, timedelta(30)), (Step.ON_THE_DAY, timedelta(0)), (Step.BEFORE, -timedelta(30)))
STEPS = tuple(step for step, _ in FROM)


@jobs.periodic(cron="40 4 * * *")
@jobs.name("Herinneren aan pagina's die opnieuw nagekeken moeten worden")
@task()
def remind() -> None:
    """Every page at most once for each step, whatever the clock and this job do."""
    today = timezone.localdate()
    for step, distance in FROM:
        for page in _pages(today, step, distance):
            _remind(page.specific, step)


def _pages(today: date, step: Step, distance: timedelta) -> Any:
    """What has come to this step and was not reminded of it, nor of a later one."""
    at_least = STEPS[: STEPS.index(step) + 1]
    told = Reminder.objects.filter(page=OuterRef("pk"), due_on=OuterRef("review_due_on"))
    pages = KnowledgePage.objects.live().current().filter(alias_of=None)
    return pages.filter(
        ~Exists(told.filter(Q(step__in=at_least))), review_due_on__lte=today - distance
    )


@transaction.atomic
def _remind(page: Any, step: Step) -> None:
    _, is_new = Reminder.objects.get_or_create(page=page, due_on=page.review_due_on, step=step)
    if is_new:
        event = f"{page.uuid}:{page.review_due_on}:{step}"
        tell(DUE, page, event=event, facts={"outcome": str(step)}, due_on=page.review_due_on)
