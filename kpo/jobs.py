"""One queue for our jobs and Wagtail's: a `django_tasks` backend on Procrastinate in PostgreSQL."""

import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, connections, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskContext, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued
from procrastinate.contrib.django import app as procrastinate_app
from procrastinate.jobs import Job, Status
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from kpo.job_declarations import (
    forgetful,
    forgetful_tasks,
    label_of,
    name,
    periodic,
    periodic_tasks,
)
from kpo.job_table import (
    STALLED_AFTER_SECONDS,
    delete_failed,
    execute,
    forget_arguments,
    job_of,
    latest,
    pending,
    query,
    worker_is_alive,
)

__all__ = [
    "ExplainedError",
    "FinalJobError",
    "ProcrastinateBackend",
    "drain",
    "forgetful",
    "job_failed",
    "label_of",
    "latest",
    "name",
    "pending",
    "periodic",
    "periodic_tasks",
    "running_job",
    "wait_until",
    "worker_is_alive",
]

logger = logging.getLogger(__name__)

RUN = "kpo.jobs.run"
HEARTBEAT_SECONDS = 5
# Seconds before the second, third, ... attempt; after the last one the job has failed.
BACK_OFF = (5, 30, 120, 600, 3600)
FORGET_FAILED_AFTER_DAYS = 7

# The job that is running here, for the audit log: "kpo.files.jobs.extract_text[12]", or None.
running_job: ContextVar[str | None] = ContextVar("running_job", default=None)
# Sent when a job failed for the last time: task (dotted path), job_id, explanation (Dutch).
job_failed = Signal()


class ExplainedError(Exception):
    """Its message is a Dutch sentence that administrators may see; it holds no personal data."""


class FinalJobError(ExplainedError):
    """A job cannot do its work and trying again will not help."""


class ProcrastinateBackend(BaseTaskBackend):
    """
    Writes a job as a row in the caller's transaction.

    Option `SERIAL_QUEUES`: names of queues of which at most one job runs at any moment.
    """

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        arguments: dict[str, Any] = {
            "task": task.module_path,
            "args": list(args),
            "kwargs": dict(kwargs),
        }
        deferrer = procrastinate_app.configure_task(
            RUN,
            allow_unknown=True,
            queue=task.queue_name,
            priority=task.priority,
            schedule_at=task.run_after,
            lock=lock_of(self, task.queue_name),
        )
        job_id = deferrer.defer(**arguments)
        job = deferrer.job.evolve(id=job_id, status="todo", task_kwargs=arguments)
        result = _result_of(job, alias=self.alias)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult:
        rows = query("list_jobs", **dict.fromkeys(_JOB_FILTERS), id=int(result_id))
        if not rows:
            raise TaskResultDoesNotExist(result_id)
        return _result_of(job_of(rows[0]), alias=self.alias)


def lock_of(backend: BaseTaskBackend, queue_name: str) -> str | None:
    return queue_name if queue_name in backend.options.get("SERIAL_QUEUES", ()) else None


_JOB_FILTERS = ("queue_name", "task_name", "status", "lock", "queueing_lock", "worker_id")
_STATUSES = {
    "todo": TaskResultStatus.READY,
    "doing": TaskResultStatus.RUNNING,
    "succeeded": TaskResultStatus.SUCCESSFUL,
}


def _given(job: Job) -> tuple[str, list[Any], dict[str, Any]]:
    """Dotted path of the task, its arguments and its keyword arguments."""
    given: dict[str, Any] = job.task_kwargs
    return given["task"], given.get("args", []), given.get("kwargs", {})


def _result_of(job: Job, *, alias: str) -> TaskResult:
    path, args, kwargs = _given(job)
    return TaskResult(
        task=import_string(path),
        id=str(job.id),
        status=_STATUSES.get(job.status or "", TaskResultStatus.FAILED),
        enqueued_at=None,
        started_at=None,
        finished_at=None,
        last_attempted_at=None,
        args=args,
        kwargs=kwargs,
        backend=alias,
        errors=[],
        worker_ids=[str(job.worker_id)] * (job.attempts + (job.status == "doing")),
    )


# --- Running -------------------------------------------------------------------------------------
class BackOff(BaseRetryStrategy):
    """Try again after a while, and after the others in the queue, until patience runs out."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, FinalJobError) or job.attempts >= len(BACK_OFF):
            return None
        # A lower priority, since a waiting job otherwise keeps its serial queue from moving on.
        return RetryDecision(
            retry_at=timezone.now() + timedelta(seconds=BACK_OFF[job.attempts]),
            priority=job.priority - 1,
        )


class PassingJobError(Exception):
    """A job failed in a way that may pass. Stands in for the error, whose message may quote."""


def run(job: Job) -> None:
    """
    Call what the job names, and keep with it why it failed.

    Raises `FinalJobError` or `PassingJobError`; the error itself never leaves, nor its message.
    """
    path, _, _ = _given(job)
    token = running_job.set(f"{path}[{job.id}]")
    try:
        with _as_in_autocommit():
            _call(import_string(path), job)
        if path in forgetful_tasks():
            forget_arguments(job.id)
    except Exception as error:
        if _is_moot(path, error):
            logger.info("The row that %s was about is gone.", path)
            return
        _note_failure(job, error)
        problem = FinalJobError if isinstance(error, FinalJobError) else PassingJobError
        raise problem(f"{path}: {explain(error)}") from None
    finally:
        running_job.reset(token)


@contextmanager
def _as_in_autocommit() -> Iterator[None]:
    """
    Inside a caller's transaction, behave as in a worker, which has none.

    What a job wrote before it failed stays, and a statement that the database refused does not
    take the caller's work with it.
    """
    savepoint = transaction.savepoint() if connection.in_atomic_block else None
    try:
        yield
    except DatabaseError:
        if savepoint:
            transaction.savepoint_rollback(savepoint)
            transaction.set_rollback(False)
        raise


def _call(task: Task[Any, Any], job: Job) -> None:
    _, args, kwargs = _given(job)
    if task.takes_context:
        args = [TaskContext(task_result=_result_of(job, alias=task.backend)), *args]
    task.call(*args, **kwargs)


def _is_moot(path: str, error: Exception) -> bool:
    """Wagtail's tasks about a row that was deleted since have nothing left to do."""
    return path.startswith("wagtail.") and isinstance(error, ObjectDoesNotExist)


def _note_failure(job: Job, error: Exception) -> None:
    """Keep with the job why it failed, and tell the house when it was the last attempt."""
    explanation = explain(error)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET args = args || "
            "jsonb_build_object('explanation', %s::text, 'trace', %s::text) WHERE id = %s",
            [explanation, _trace(error), job.id],
        )
    if BackOff().get_retry_decision(exception=error, job=job) is None:
        job_failed.send(
            sender=None, task=job.task_kwargs["task"], job_id=job.id, explanation=explanation
        )


def explain(error: Exception) -> str:
    """A Dutch sentence for administrators. Never the message of a foreign error: it may quote."""
    if isinstance(error, ExplainedError):
        return str(error)
    return f"Er ging iets mis dat niet was voorzien ({type(error).__name__})."


def _trace(error: Exception) -> str:
    """Where it went wrong, as file:line function, innermost last; no values and no messages."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return "\n".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames)


# --- In this process: for commands and tests ------------------------------------------------------
def drain(*, queues: list[str] | None = None) -> int:
    """
    Run the jobs that are due, on this connection and inside its transaction if there is one.

    Returns how many ran. A job that failed waits for its next attempt and is not waited for.
    """
    ran = 0
    with _presence() as worker_id:
        resume_stalled()
        while job := _fetch(queues, worker_id):
            _work(job)
            ran += 1
    return ran


def wait_until(is_done: Callable[[], bool], *, pause: float = 0.2) -> None:
    """Return when it is so: leave the work to a living worker, and do it here if there is none."""
    while not is_done():
        if worker_is_alive() or not drain():
            time.sleep(pause)


def resume_stalled() -> int:
    """Queue again what a killed worker had in hand; give up on what kills every worker."""
    rows = query(
        "select_stalled_jobs_by_heartbeat",
        queue=None,
        task_name=None,
        seconds_since_heartbeat=STALLED_AFTER_SECONDS,
    )
    for job in map(job_of, rows):
        if job.attempts >= len(BACK_OFF):
            _note_failure(job, FinalJobError("De verwerking stopte telkens tijdens deze taak."))
            _finish(job, Status.FAILED)
        else:
            _again(job, RetryDecision())
    return len(rows)


def _fetch(queues: list[str] | None, worker_id: int) -> Job | None:
    (row,) = query("fetch_job", queues=queues, worker_id=worker_id)
    return job_of(row) if row["id"] is not None else None


def _work(job: Job) -> None:
    try:
        run(job)
    except (FinalJobError, PassingJobError) as error:
        logger.warning("Job failed: %s", error)
        decision = BackOff().get_retry_decision(exception=error, job=job)
        _again(job, decision) if decision else _finish(job, Status.FAILED)
    else:
        _finish(job, Status.SUCCEEDED)


def _finish(job: Job, status: Status) -> None:
    query("finish_job", job_id=job.id, status=status.value, delete_job=False)


def _again(job: Job, decision: RetryDecision) -> None:
    query(
        "retry_job",
        job_id=job.id,
        retry_at=decision.retry_at,
        new_priority=decision.priority,
        new_queue_name=decision.queue,
        new_lock=decision.lock,
    )


@contextmanager
def _presence() -> Iterator[int]:
    """Be a worker to the others while it lasts, so that nobody takes over what runs here."""
    worker_id = query("register_worker")[0]["worker_id"]
    stop = threading.Event()
    # Inside a transaction nobody else sees this worker, and a second connection cannot help it.
    pulse = threading.Thread(target=_beat, args=(worker_id, stop), daemon=True)
    if not connection.in_atomic_block:
        pulse.start()
    try:
        yield worker_id
    finally:
        stop.set()
        if pulse.is_alive():
            pulse.join()
        query("unregister_worker", worker_id=worker_id)


def _beat(worker_id: int, stop: threading.Event) -> None:
    try:
        while not stop.wait(HEARTBEAT_SECONDS):
            query("update_heartbeat", worker_id=worker_id)
    finally:
        connections.close_all()


# --- The queue's own housekeeping -----------------------------------------------------------------
@periodic(cron="* * * * *")
@task()
def resume_jobs_of_killed_workers() -> None:
    resume_stalled()


@periodic(cron="30 3 * * *")
@task()
def forget_finished_jobs() -> None:
    """Keep what succeeded for a day, so that the table stays small; most failures stay."""
    execute(
        "delete_old_jobs", nb_hours=24, queue=None, statuses=["succeeded", "cancelled", "aborted"]
    )
    delete_failed(sorted(forgetful_tasks()), older_than_days=FORGET_FAILED_AFTER_DAYS)
