"""Once a week: what there is to do on a theme, and every night: reads that are kept no longer."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from knowledgebank.models import ReadCount, ThemePage, WorkList
from knowledgebank.upkeep.notices import WEEK
from kpo import jobs
from kpo.inbox.telling import settle, tell

READS_KEPT = timedelta(days=730)


@jobs.periodic(cron="10 5 * * *")
@jobs.name("Vertellen wat er deze week per thema te doen is")
@task()
def tell_of_work() -> None:
    """Once in a week for each theme, on its Monday or the first day that this job runs after it."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    for theme in ThemePage.objects.live().current().filter(alias_of=None).order_by("pk"):
        _tell(theme, monday)


@transaction.atomic
def _tell(theme: ThemePage, monday: date) -> None:
    WorkList.objects.get_or_create(theme=theme)
    work = WorkList.objects.select_for_update().get(theme=theme)
    if work.told_in is not None and work.told_in >= monday:
        return
    WorkList.objects.filter(pk=work.pk).update(told_in=monday)
    # Last week's line says what there is now, too; one of them is enough.
    settle(WEEK, work)
    tell(WEEK, work, event=f"{work.uuid}:{monday}")


@jobs.periodic(cron="55 4 * * *")
@jobs.name("Oude aantallen keren gelezen weghalen")
@task()
def forget_reads() -> None:
    ReadCount.objects.filter(day__lt=timezone.localdate() - READS_KEPT).delete()
