"""What the tables of the queue say, on Django's own connection and inside its transaction."""

import json
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app as procrastinate_app
from procrastinate.jobs import Job
from procrastinate.sql import queries

STALLED_AFTER_SECONDS = 30


def query(name: str, **arguments: Any) -> list[dict[str, Any]]:
    """Rows of one of Procrastinate's own queries."""
    connector = procrastinate_app.connector.get_sync_connector()
    return connector.execute_query_all(query=queries[name], **arguments)


def execute(name: str, **arguments: Any) -> None:
    """One of Procrastinate's own statements that gives no rows."""
    procrastinate_app.connector.get_sync_connector().execute_query(queries[name], **arguments)


def job_of(row: dict[str, Any]) -> Job:
    """Django leaves JSON as text on connections of its own."""
    args = row["args"]
    return Job.from_row({**row, "args": json.loads(args) if isinstance(args, str) else args})


def worker_is_alive() -> bool:
    """Whether some process has shown in the last half minute that it runs jobs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_workers "
            "WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [STALLED_AFTER_SECONDS],
        )
        return bool(cursor.fetchone()[0])


def latest() -> int:
    """The number of the job that was queued last; 0 when there are none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


def pending(*, task: str | None = None, queue: str | None = None, up_to: int | None = None) -> int:
    """
    How many jobs wait or run now.

    `task` (dotted path), `queue` and `up_to` (the number of a job) narrow it down.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') "
            "AND (%(task)s::text IS NULL OR args->>'task' = %(task)s) "
            "AND (%(queue)s::text IS NULL OR queue_name = %(queue)s) "
            "AND (%(up_to)s::bigint IS NULL OR id <= %(up_to)s)",
            {"task": task, "queue": queue, "up_to": up_to},
        )
        return int(cursor.fetchone()[0])


def forget_arguments(job_id: int | None) -> None:
    """Keep of a job that it ran, and drop what it was about."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET args = jsonb_build_object("
            "'task', args->'task', 'args', '[]'::jsonb, 'kwargs', '{}'::jsonb) WHERE id = %s",
            [job_id],
        )


def delete_failed(tasks: list[str], *, older_than_days: int) -> None:
    """Remove jobs of these tasks that failed for good so many days ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs job WHERE status = 'failed' "
            "AND args->>'task' = ANY(%s) AND NOT EXISTS (SELECT 1 FROM procrastinate_events "
            "WHERE job_id = job.id AND at > now() - make_interval(days => %s))",
            [tasks, older_than_days],
        )
