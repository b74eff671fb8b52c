"""`make run`: set-up, web server and worker as one program that Ctrl-C ends."""

import http.client
import io
import json
import socket
import sys
import time
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from kpo.startup import start_database, stop_database_if_started_here
from kpo.supervisor import AlreadyRunningError, Child, GaveUpError, Supervisor, hold_run_lock

ADDRESS = "127.0.0.1"
WEB_PROCESSES = 2
WEB_THREADS = 4


class Command(BaseCommand):
    help = "Start KPO op deze machine: webserver en werker, tot Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        port = settings.KPO_PORT
        began = time.monotonic()
        try:
            hold_run_lock(settings.DATA_DIR).close()
            refuse_busy_port(port)
            call_command("setup")
            self.supervise(port, began)
        except (AlreadyRunningError, GaveUpError) as error:
            raise CommandError(str(error)) from error
        finally:
            stop_database_if_started_here()

    def supervise(self, port: int, began: float) -> None:
        announcement = self.announce(port, began)
        supervisor = Supervisor(
            settings.DATA_DIR,
            [Child("De webserver", web_command(port)), Child("De werker", worker_command())],
            tend=lambda: (start_database(), next(announcement, None)),
        )
        supervisor.run()
        self.stdout.write("Gestopt.")

    def announce(self, port: int, began: float) -> Iterator[None]:
        """Say once, when the site answers, where it is and who can sign in."""
        address = f"http://localhost:{port}"
        while not answers(port):
            yield
        self.stdout.write(f"\nKPO draait op {address} (na {time.monotonic() - began:.0f} s)")
        for line in demo_logins():
            self.stdout.write(f"  {line}")
        self.stdout.write("Code voor een tweede stap: manage.py demo_code E-MAILADRES")
        self.stdout.write("Stop met Ctrl-C.\n")


def web_command(port: int) -> list[str]:
    command = [sys.executable, "-m", "gunicorn", "kpo.wsgi", f"--bind={ADDRESS}:{port}"]
    command += [f"--workers={WEB_PROCESSES}", f"--threads={WEB_THREADS}", "--log-level=warning"]
    # Loading once and forking halves the wait; reloading needs each process to load by itself.
    return [*command, "--reload" if settings.DEBUG else "--preload"]


def worker_command() -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"]


def refuse_busy_port(port: int) -> None:
    with socket.socket() as probe:
        # As the web server does: a port left by a program that just ended is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            message = f"Poort {port} is bezet. Kies een andere: KPO_PORT={port + 1} make run"
            raise CommandError(message) from error


def answers(port: int) -> bool:
    """Whether the web server answers at all; a page with an error is an answer too."""
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except OSError:
        return False
    else:
        return True
    finally:
        connection.close()


def demo_logins() -> list[str]:
    """The first demo person of each role, as `demo --json` lists them; empty without a demo."""
    told = io.StringIO()
    call_command("demo", json=True, stdout=told)
    people = json.loads(told.getvalue())["people"]
    first: dict[str, dict[str, Any]] = {}
    for person in people:
        first.setdefault(person["role"], person)
    return [
        f"{person['email']:38}{person['password']}  {role}"
        + (" (met tweede stap)" if person["second_step"] else "")
        for role, person in first.items()
    ]
