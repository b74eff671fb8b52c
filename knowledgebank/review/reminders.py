"""Reminding who has an item to judge: three days before its day, on it, and a week after."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django_tasks import task

from knowledgebank.models import ReviewItem
from knowledgebank.review.notices import DUE, LATE, REMINDED, SOON
from kpo import jobs
from kpo.inbox.telling import tell

BEFORE, AFTER = timedelta(days=3), timedelta(days=7)


@jobs.periodic(cron="30 6 * * *")
@jobs.name("Herinneren aan wat beoordeeld moet worden")
@task()
def remind_reviewers() -> None:
    """Each stage is told once, whenever this runs: what a worker missed comes with the next."""
    today = timezone.localdate()
    for item in ReviewItem.objects.open().filter(due_on__lte=today + BEFORE):
        stage = stage_on(today, item.due_on)
        event = f"{item.uuid}:{item.due_on.isoformat()}:{stage}"
        tell(REMINDED, item, event=event, facts={"outcome": stage}, due_on=item.due_on)


def stage_on(today: date, due_on: date) -> str:
    """SOON, DUE or LATE; for items that are due within three days."""
    if today < due_on:
        return SOON
    return DUE if today < due_on + AFTER else LATE
