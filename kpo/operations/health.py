"""The platform's own lines: jobs, worker, mail, disk, database and version."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from kpo.design.dutch import number
from kpo.job_table import STALLED_AFTER_SECONDS
from kpo.operations.lines import Line, register
from kpo.people.mail import deliver

LONG_WAIT = timedelta(minutes=10)
LEAST_FREE_SHARE = 0.1

_JOBS = """
SELECT count(*) FILTER (WHERE is_due), count(*) FILTER (WHERE status = 'failed'),
       count(*) FILTER (WHERE is_due AND is_mail),
       count(*) FILTER (WHERE status = 'failed' AND is_mail),
       (SELECT max(last_heartbeat) FROM procrastinate_workers),
       (SELECT min(coalesce(job.scheduled_at, event.at)) FROM procrastinate_jobs job
        JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
        WHERE job.status = 'todo' AND coalesce(job.scheduled_at, now()) <= now()),
       pg_database_size(current_database())
FROM (
    SELECT status, args->>'task' = %s AS is_mail,
           status = 'doing' OR (status = 'todo' AND coalesce(scheduled_at, now()) <= now())
               AS is_due
    FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed')
) AS jobs
"""


def jobs_and_mail() -> Iterator[Line]:
    with connection.cursor() as cursor:
        cursor.execute(_JOBS, [deliver.module_path])
        waiting, failed, mails, failed_mails, beat, oldest, database = cursor.fetchone()
    yield worker(beat)
    yield waiting_jobs(waiting, oldest)
    yield Line(
        "Mislukte taken",
        number(failed),
        "Bekijk per taak wat er misging en probeer hem opnieuw." if failed else "",
        reverse("failed_jobs"),
    )
    yield Line(
        "Mails die wachten",
        f"{number(mails)}, en {number(failed_mails)} mislukt",
        "Kijk of de mailserver werkt (KPO_MAIL_URL). Probeer de mails daarna opnieuw bij "
        "‘Mislukte taken’."
        if failed_mails
        else "",
    )
    yield Line("Grootte van de database", filesizeformat(database))


def worker(beat: datetime | None) -> Line:
    is_alive = beat is not None and (timezone.now() - beat).total_seconds() < STALLED_AFTER_SECONDS
    value = "Werkt" if is_alive else f"Weg, al {timesince(beat)}" if beat else "Nooit gezien"
    return Line(
        "Verwerker van taken",
        value,
        "" if is_alive else "Start de verwerker: manage.py worker. Tot dan blijft alles wachten.",
    )


def waiting_jobs(waiting: int, oldest: datetime | None) -> Line:
    is_long = oldest is not None and timezone.now() - oldest > LONG_WAIT
    value = f"{number(waiting)}, de oudste {timesince(oldest)}" if oldest else number(waiting)
    return Line(
        "Taken die wachten",
        value,
        "De verwerker komt niet bij. Kijk of hij werkt, of start er een bij." if is_long else "",
    )


def machine() -> Iterator[Line]:
    disk = shutil.disk_usage(settings.DATA_DIR)
    is_full = disk.free < LEAST_FREE_SHARE * disk.total
    yield Line(
        "Vrije ruimte voor bestanden en index",
        f"{filesizeformat(disk.free)} van {filesizeformat(disk.total)}",
        "Maak ruimte. Is de schijf vol, dan kan niemand meer iets opslaan." if is_full else "",
    )
    yield Line("Versie", version())


@lru_cache(maxsize=1)
def version() -> str:
    values = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))
    return str(values["project"]["version"])


register("Taken en mail", jobs_and_mail, order=10)
register("Machine", machine, order=90)
