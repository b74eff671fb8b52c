"""Reminding who has an item to judge: three days before its day, on it, and a week after."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from knowledgebank.models import ReviewItem
from knowledgebank.review.notices import DUE, LATE, REMINDED, SOON
from kpo import jobs
from kpo.inbox.ladders import Ladder

LADDER = Ladder(REMINDED, ((SOON, -3), (DUE, 0), (LATE, 7)))


@jobs.periodic(cron="30 6 * * *")
@jobs.name("Herinneren aan wat beoordeeld moet worden")
@task()
def remind_reviewers() -> None:
    """Each stage is told once, whenever this runs: what a worker missed comes with the next."""
    today = timezone.localdate()
    for item in ReviewItem.objects.open().filter(due_on__lte=LADDER.dates_begun(today)):
        LADDER.tell(item, item.due_on, LADDER.step_on(today, item.due_on))
