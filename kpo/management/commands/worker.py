"""The job loop as a process of its own."""

import asyncio
import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django_tasks import task_backends
from procrastinate import App
from procrastinate.contrib.django import DjangoApp
from procrastinate.contrib.django import app as django_app
from procrastinate.job_context import JobContext

from kpo import jobs
from kpo.job_table import STALLED_AFTER_SECONDS


class Command(BaseCommand):
    help = "Voert de taken uit die in de wachtrij staan, tot het proces wordt gestopt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--concurrency",
            type=int,
            default=settings.KPO_WORKER_CONCURRENCY,
            help="Hoeveel taken tegelijk.",
        )
        parser.add_argument(
            "--once", action="store_true", help="Stop zodra er niets meer te doen is."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        self.stdout.write(f"De werker draait (proces {os.getpid()}). Stop met Ctrl-C.")
        jobs.resume_stalled()
        asyncio.run(_work(concurrency=options["concurrency"], wait=not options["once"]))


async def _work(*, concurrency: int, wait: bool) -> None:
    # An app of its own: with Django's, jobs would queue others outside their own transaction.
    connector: Any = django_app.connector
    app = DjangoApp(connector=connector.get_worker_connector())
    run_job = app.task(name=jobs.RUN, pass_context=True, retry=jobs.BackOff())(_run_job)
    _register_periodic(app, run_job)
    async with app.open_async():
        await app.run_worker_async(
            concurrency=concurrency,
            wait=wait,
            update_heartbeat_interval=jobs.HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_AFTER_SECONDS,
        )


def _run_job(context: JobContext, /, **_: object) -> None:
    jobs.run(context.job)


def _register_periodic(app: App, run_job: Any) -> None:
    for path, (task, cron) in jobs.periodic_tasks().items():
        app.periodic_registry.register_task(
            task=run_job,
            cron=cron,
            periodic_id=path,
            configure_kwargs={
                "queue": task.queue_name,
                "priority": task.priority,
                "lock": jobs.lock_of(task_backends[task.backend], task.queue_name),
                "task_kwargs": {"task": path, "args": [], "kwargs": {}},
            },
        )
