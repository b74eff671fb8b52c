"""A whole KPO in a folder of its own: PostgreSQL, web server and worker as real processes."""

import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import requests
from psycopg.rows import TupleRow

from kpo.embedded_postgres import Cluster, database_url, ensure_running, is_running, stop
from kpo.embedded_postgres.programs import program
from kpo.people.roles import Role

ROOT = Path(__file__).resolve().parents[2]
Files = dict[str, tuple[str, bytes]]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')

SIGN_IN = """
import json
from django.test import Client
from uuid import uuid4
from tests.factories.people import UserFactory
client = Client()
client.force_login(UserFactory(email=f"{{uuid4()}}@voorbeeld.nl", roles={roles}))
print(json.dumps([client.cookies["sessionid"].value]))
"""


class Site:
    """Started and broken by tests; `folder` is its data folder, `port` where it listens."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = _free_port()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "kpo.settings.development",
            "KPO_DATA": str(folder),
            "KPO_PORT": str(self.port),
            **settings,
        }

    def plant(self, template_url: str) -> None:
        """Make the database from a migrated one, and the site's first pages."""
        ensure_running(self.folder)
        dump = self.folder / "template.dump"
        _postgres("pg_dump", "--format=custom", f"--file={dump}", template_url)
        _postgres("pg_restore", "--no-owner", f"--dbname={self.database_url}", str(dump))
        dump.unlink()
        self.python(
            "from django.core.management import call_command",
            "from tests.ground import review_nothing",
            "call_command('createcachetable')",
            "call_command('create_site')",
            "review_nothing()",
        )

    @property
    def database_url(self) -> str:
        return database_url(self.folder)

    def manage(self, *commands: str) -> None:
        """Run management commands in one process, since starting one takes seconds."""
        lines = [f"call_command({command!r})" for command in commands]
        self.python("from django.core.management import call_command", *lines)

    def python(self, *lines: str) -> Any:
        """Run Python inside this site; gives what it prints as JSON on its last line, if any."""
        code = "\n".join(["import django", "django.setup()", *lines])
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        last = done.stdout.strip().splitlines()[-1:]
        return json.loads(last[0]) if last and last[0][0] in "[{" else None

    def session_of(self, *roles: Role) -> str:
        """Key of a live session of a new person with these roles."""
        (key,) = self.python(SIGN_IN.format(roles=[role.value for role in roles]))
        return str(key)

    def rows(self, query: str) -> list[TupleRow]:
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(query).fetchall()

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.database_url) as connection:
            connection.execute(statement)

    # --- Processes ---
    def start_web(self) -> None:
        command = ["gunicorn", "kpo.wsgi", f"--bind=127.0.0.1:{self.port}", "--threads=4"]
        self._start("web", [sys.executable, "-m", *command, "--log-level=error"])
        wait_for(self.answers, 60)

    def start_worker(self) -> None:
        self._start("worker", [sys.executable, str(ROOT / "manage.py"), "worker"])

    def start_python(self, name: str, *lines: str) -> None:
        """Run Python inside this site beside the rest; what it prints goes to `<name>.log`."""
        code = "\n".join(["import django", "django.setup()", *lines])
        self._start(name, [sys.executable, "-u", "-c", code])

    def log_of(self, name: str) -> str:
        path = self.folder / f"{name}.log"
        return path.read_text("utf-8") if path.exists() else ""

    def _start(self, name: str, command: list[str]) -> None:
        if name in self.processes:
            self.kill(name)
        log = (self.folder / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            process_group=0,
        )
        log.close()

    def ensure_database(self) -> None:
        ensure_running(self.folder)

    def ensure_up(self) -> None:
        """What the supervisor of `make run` does: start again what is not there."""
        self.ensure_database()
        if "web" not in self.processes:
            self.start_web()

    def kill(self, name: str) -> None:
        """As the machine does when memory runs out: no warning, no last words, children too."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def limit_files(self, name: str, size: int) -> None:
        """Let the processes of that name write no file beyond `size` bytes; -1 lifts it."""
        for pid in _members(self.processes[name].pid):
            _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))

    def kill_postgres(self) -> None:
        pid_file = Cluster.in_data_folder(self.folder).pid_file()
        assert pid_file is not None
        os.kill(pid_file.pid, signal.SIGKILL)
        # On a busy machine a killed process lives on for a moment, and passes for a server.
        wait_for(lambda: not is_running(self.folder), 60)

    def end(self) -> None:
        for name in list(self.processes):
            self.kill(name)
        stop(self.folder)

    # --- Visitors ---
    def answers(self) -> bool:
        try:
            return Visitor(self).get("/robots.txt")[0] == 200
        except OSError:
            return False


class Visitor:
    """A browser without a screen: keeps cookies and follows redirects."""

    def __init__(self, site: Site, session: str = "") -> None:
        self.base = f"http://127.0.0.1:{site.port}"
        self._browser = requests.Session()
        # Settings of this machine, such as a proxy, are not for a visit to ourselves.
        self._browser.trust_env = False
        if session:
            self._browser.cookies.set("sessionid", session)

    def get(self, path: str) -> tuple[int, str]:
        answer = self._browser.get(self.base + path, timeout=30)
        return answer.status_code, answer.text

    def post(
        self, path: str, form_at: str, files: Files | None = None, **fields: str
    ) -> tuple[int, str]:
        """Fill in the form that stands on the page `form_at`; `files` as field: (name, bytes)."""
        found = TOKEN.search(self.get(form_at)[1])
        typed = {**fields, "csrfmiddlewaretoken": found[1] if found else ""}
        answer = self._browser.post(self.base + path, typed, files=files, timeout=30)
        return answer.status_code, answer.text


def wait_for(is_so: Callable[[], object], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def _members(group: int) -> list[int]:
    """Processes of one process group, as /proc tells (proc(5): the fifth field of stat)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            found.append(int(folder.name))
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _postgres(name: str, *arguments: str) -> None:
    subprocess.run([program(name), *arguments], check=True, capture_output=True, timeout=120)
