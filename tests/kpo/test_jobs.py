"""One queue: jobs travel with the transaction, come back after a fall, and never run double."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task
from procrastinate.jobs import Status
from pytest_django.plugin import DjangoDbBlocker

from kpo import job_failures, jobs
from kpo.files.models import Document
from tests.factories.files import document

ran: list[Any] = []


@pytest.fixture(autouse=True)
def nothing_ran() -> None:
    ran.clear()


@task()
def note(word: str) -> None:
    ran.append(word)


@task(queue_name="search")
def write_index(word: str) -> None:
    ran.append(word)


@task(takes_context=True)
def note_attempt(context: Any, word: str) -> None:
    ran.append((context.attempt, word))


@jobs.name("Iets dat mislukt")
@task()
def fail() -> None:
    ran.append("fail")
    raise ValueError("verdachte 123456782")


@task()
def fail_for_good() -> None:
    Document.objects.update(title="geschreven")
    raise jobs.FinalJobError("Dit bestand is niet te lezen.")


@task()
def break_the_database() -> None:
    document(title="half")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO files_filepage (document_id, number) VALUES (0, 0)")


@task()
def queue_another() -> None:
    note.enqueue("tweede")


def make_due() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


@pytest.mark.django_db
def test_a_job_runs_once_and_in_order() -> None:
    for word in ("een", "twee", "drie"):
        note.enqueue(word)

    assert jobs.pending() == 3
    assert jobs.drain() == 3
    assert ran == ["een", "twee", "drie"]
    assert jobs.drain() == 0


@pytest.mark.django_db
def test_a_job_of_a_transaction_that_is_rolled_back_never_runs() -> None:
    with transaction.atomic():
        note.enqueue("nooit")
        transaction.set_rollback(True)

    assert jobs.drain() == 0
    assert ran == []


@pytest.mark.django_db
def test_a_job_queued_by_a_job_runs_as_well() -> None:
    queue_another.enqueue()

    assert jobs.drain() == 2
    assert ran == ["tweede"]


@pytest.mark.django_db
def test_a_job_for_later_waits() -> None:
    note.using(run_after=timezone.now() + timezone.timedelta(hours=1)).enqueue("later")

    assert jobs.drain() == 0
    make_due()
    assert jobs.drain() == 1


@pytest.mark.django_db
def test_a_higher_priority_goes_first() -> None:
    note.enqueue("gewoon")
    note.using(priority=10).enqueue("eerst")
    jobs.drain()

    assert ran == ["eerst", "gewoon"]


@pytest.mark.django_db
def test_a_failing_job_is_tried_again_with_back_off_and_then_given_up() -> None:
    failures: list[dict[str, Any]] = []

    def hear(**given: Any) -> None:
        failures.append(given)

    jobs.job_failed.connect(hear)
    fail.enqueue()
    for attempt in range(len(jobs.BACK_OFF) + 1):
        assert jobs.drain() == 1, attempt
        assert jobs.drain() == 0
        make_due()

    assert len(ran) == len(jobs.BACK_OFF) + 1
    (job,) = job_failures.failed_jobs()
    assert job.label == "Iets dat mislukt"
    assert job.attempts == len(jobs.BACK_OFF) + 1
    assert "ValueError" in job.explanation
    assert "test_jobs.py" in job.trace
    assert [failure["explanation"] for failure in failures] == [job.explanation]
    jobs.job_failed.disconnect(hear)


@pytest.mark.django_db
def test_waits_grow_between_attempts() -> None:
    fail.enqueue()
    waits = []
    for _ in jobs.BACK_OFF:
        jobs.drain()
        with connection.cursor() as cursor:
            cursor.execute("SELECT scheduled_at FROM procrastinate_jobs WHERE status = 'todo'")
            waits.append((cursor.fetchone()[0] - timezone.now()).total_seconds())
        make_due()

    assert waits == sorted(waits)
    assert waits[0] < 10
    assert waits[-1] > 3000


@pytest.mark.django_db
def test_the_message_of_an_error_is_kept_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    fail.enqueue()
    jobs.drain()

    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        kept = cursor.fetchone()[0]
    assert "ValueError" in kept
    assert "123456782" not in kept + caplog.text


@pytest.mark.django_db
def test_a_final_problem_is_not_tried_again_and_what_was_written_stays() -> None:
    document(title="eerst")
    fail_for_good.enqueue()
    jobs.drain()

    (job,) = job_failures.failed_jobs()
    assert (job.explanation, job.attempts) == ("Dit bestand is niet te lezen.", 1)
    assert Document.objects.get().title == "geschreven"


@pytest.mark.django_db
def test_a_statement_that_the_database_refuses_spares_the_caller() -> None:
    document(title="van de aanroeper")
    break_the_database.enqueue()
    jobs.drain()

    assert list(Document.objects.values_list("title", flat=True)) == ["van de aanroeper"]


@pytest.mark.django_db
def test_a_failed_job_can_be_tried_again() -> None:
    fail_for_good.enqueue()
    jobs.drain()
    (job,) = job_failures.failed_jobs()

    assert job_failures.retry(job.id) == job.label
    assert job_failures.failed_jobs() == []
    assert job_failures.retry(job.id) is None
    assert jobs.pending() == 1


@pytest.mark.django_db
def test_one_writer_at_a_time_and_a_failed_one_lets_the_next_through() -> None:
    write_index.enqueue("een")
    write_index.enqueue("twee")
    note.enqueue("ander")
    with jobs._presence() as worker:
        first = jobs._fetch(None, worker)
        second = jobs._fetch(None, worker)
        assert first
        assert second
        assert first.task_kwargs["args"] == ["een"]
        assert second.task_kwargs["args"] == ["ander"]
        decision = jobs.BackOff().get_retry_decision(exception=ValueError(), job=first)
        assert decision
        jobs._again(first, decision)
        jobs._finish(second, Status.SUCCEEDED)

    assert jobs.drain() == 1
    assert ran == ["twee"]


@pytest.mark.django_db
def test_a_task_hears_which_attempt_it_is() -> None:
    note_attempt.enqueue("woord")
    jobs.drain()

    assert ran == [(1, "woord")]


@pytest.mark.django_db
def test_the_result_says_how_far_a_job_is() -> None:
    result = note.enqueue("woord")
    assert result.status == "READY"
    jobs.drain()
    result.refresh()

    assert result.status == "SUCCESSFUL"


@pytest.mark.django_db
def test_periodic_tasks_of_the_house_are_known_and_take_no_arguments() -> None:
    declared = jobs.periodic_tasks()

    assert "kpo.jobs.resume_jobs_of_killed_workers" in declared
    assert "kpo.files.jobs.sweep_loose_bytes" in declared
    for task_, cron in declared.values():
        assert len(cron.split()) == 5
        task_.enqueue()
    assert jobs.drain() >= len(declared)


@pytest.mark.django_db
def test_old_successes_are_forgotten_and_failures_stay() -> None:
    note.enqueue("oud")
    fail_for_good.enqueue()
    jobs.drain()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '3 days'")
    jobs.forget_finished_jobs.call()

    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs")
        assert cursor.fetchall() == [("failed",)]


# --- With a worker that is a process of its own --------------------------------------------------
STALL = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'"


@pytest.mark.django_db
def test_a_job_of_a_silent_worker_is_taken_over() -> None:
    note.enqueue("opgepakt")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM procrastinate_register_worker_v1()")
        (worker,) = cursor.fetchone()
        assert jobs._fetch(None, worker)
        assert jobs.worker_is_alive()
        assert jobs.drain() == 0
        cursor.execute(STALL)

    assert not jobs.worker_is_alive()
    assert jobs.drain() == 1
    assert ran == ["opgepakt"]


@pytest.mark.django_db
def test_a_job_that_kills_every_worker_is_given_up_in_the_end() -> None:
    note.enqueue("gif")
    with connection.cursor() as cursor:
        for _ in range(len(jobs.BACK_OFF) + 1):
            cursor.execute("SELECT * FROM procrastinate_register_worker_v1()")
            assert jobs._fetch(None, cursor.fetchone()[0])
            cursor.execute(STALL)
            jobs.resume_stalled()

    (job,) = job_failures.failed_jobs()
    assert "stopte telkens" in job.explanation
    assert ran == []


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """
    What a test does is committed, so that another process sees it; only the queue is touched.

    Django's own way would leave all tables empty for the tests after it.
    """
    with django_db_blocker.unblock():
        yield
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
        connection.close()


@pytest.fixture
def worker_environment(committed: None) -> dict[str, str]:
    database = connection.settings_dict["NAME"]
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.kpo.worker_settings",
        "KPO_TEST_DATABASE": str(database),
        "PYTHONPATH": str(settings.BASE_DIR),
    }


def start_worker(environment: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "worker", *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
    )


def test_a_killed_worker_loses_nothing_and_a_new_one_goes_on(
    worker_environment: dict[str, str], tmp_path: Path
) -> None:
    from tests.kpo.worker_tasks import leave_mark

    leave_mark.enqueue(str(tmp_path / "traag"), 30)
    for number in range(3):
        leave_mark.enqueue(str(tmp_path / str(number)), 0)
    first = start_worker(worker_environment, "--concurrency", "1")
    wait_for((tmp_path / "traag.begun").exists)
    assert jobs.worker_is_alive()
    first.send_signal(signal.SIGKILL)
    first.wait()
    with connection.cursor() as cursor:
        cursor.execute(STALL)
        # The second time round it is quick.
        cursor.execute(
            "UPDATE procrastinate_jobs SET args = jsonb_set(args, '{args,1}', '0') "
            "WHERE status = 'doing'"
        )

    assert start_worker(worker_environment, "--once").wait(timeout=60) == 0
    # Periodic jobs of this minute may have come meanwhile.
    assert jobs.pending(task="tests.kpo.worker_tasks.leave_mark") == 0
    assert sorted(path.name for path in tmp_path.glob("*.done")) == [
        *("0.done", "1.done", "2.done", "traag.done")
    ]


def wait_for(condition: Any, seconds: float = 40) -> None:
    edge = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < edge
        time.sleep(0.1)


def test_without_a_worker_waiting_means_doing(committed: None) -> None:
    note.enqueue("zelf")
    jobs.wait_until(lambda: bool(ran))

    assert ran == ["zelf"]
