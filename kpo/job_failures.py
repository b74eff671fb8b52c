"""Jobs that failed for good: what administrators see of them, and how one is tried again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from kpo.jobs import label_of


@dataclass(frozen=True)
class FailedJob:
    """A job that will not be tried again unless someone asks; `task` is a dotted path."""

    id: int
    task: str
    label: str
    explanation: str
    trace: str
    attempts: int
    failed_at: datetime


_FAILED = """
    SELECT job.id, job.args->>'task', coalesce(job.args->>'explanation', ''),
           coalesce(job.args->>'trace', ''), job.attempts, max(event.at)
    FROM procrastinate_jobs job JOIN procrastinate_events event ON event.job_id = job.id
    WHERE job.status = 'failed' GROUP BY job.id ORDER BY max(event.at) DESC, job.id DESC
"""


def failed_jobs() -> list[FailedJob]:
    """The latest first."""
    with connection.cursor() as cursor:
        cursor.execute(_FAILED)
        return [
            FailedJob(pk, task, label_of(task), explanation, trace, attempts, failed_at)
            for pk, task, explanation, trace, attempts, failed_at in cursor.fetchall()
        ]


def retry(job_id: int) -> str | None:
    """Queue a failed job once more; the label of what was queued, None if it had not failed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, priority = 0, "
            "scheduled_at = NULL, args = args - 'explanation' - 'trace' "
            "WHERE id = %s AND status = 'failed' RETURNING args->>'task'",
            [job_id],
        )
        row = cursor.fetchone()
    return label_of(row[0]) if row else None
