"""Reminding people to look at pages again: a month before, on the day, and a month after."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks import task

from knowledgebank.models import KnowledgePage, Reminder
from knowledgebank.upkeep.notices import DUE
from kpo import jobs
from kpo.inbox.ladders import Ladder

Step = Reminder.Step
LADDER = Ladder(DUE, ((Step.BEFORE.value, -30), (Step.ON_THE_DAY.value, 0), (Step.AFTER.value, 30)))


@jobs.periodic(cron="40 4 * * *")
@jobs.name("Herinneren aan pagina's die opnieuw nagekeken moeten worden")
@task()
def remind() -> None:
    """Every page at most once for each step, whatever the clock and this job do."""
    today = timezone.localdate()
    for step in reversed(LADDER.codes):
        for page in _pages(today, step):
            _remind(page.specific, step)


def _pages(today: date, step: str) -> Any:
    """What has come to this step and was not reminded of it, nor of a later one."""
    told = Reminder.objects.filter(page=OuterRef("pk"), due_on=OuterRef("review_due_on"))
    pages = KnowledgePage.objects.live().current().filter(alias_of=None)
    return pages.filter(
        ~Exists(told.filter(step__in=LADDER.since(step))),
        review_due_on__lte=LADDER.dates_at(step, today),
    )


@transaction.atomic
def _remind(page: Any, step: str) -> None:
    _, is_new = Reminder.objects.get_or_create(page=page, due_on=page.review_due_on, step=step)
    if is_new:
        LADDER.tell(page, page.review_due_on, step)
