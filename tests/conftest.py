"""What every test shares: the embedded PostgreSQL, a private data folder, one user per role."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from kpo import jobs
from kpo.people.models import User
from kpo.people.roles import Role
from kpo.startup import start_database
from tests.factories.people import UserFactory
from tests.ground import keep_ground
from tests.leaks import tally
from tests.needs import NEEDS
from tests.template_database import template_database

BROWSER_TESTS = Path(__file__).parent / "browser"
LEAK_TESTS = Path(__file__).parent / "leaks"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in tests/browser, and set aside what needs something that is not here.

    The harnesses take a minute each and go first, so that no worker waits for one in the end.
    """
    items.sort(key=lambda item: not item.path.is_relative_to(LEAK_TESTS))
    for item in items:
        if item.path.is_relative_to(BROWSER_TESTS):
            item.add_marker(pytest.mark.browser)
        for need in NEEDS:
            if item.get_closest_marker(need.mark) and not need.is_met():
                item.add_marker(pytest.mark.skip(reason=need.not_run))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Files are not named by their bytes: some hold the time, which differs between workers."""
    return argname if isinstance(val, bytes) else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud what was set aside: a quiet skip reads as a pass."""
    skipped = terminalreporter.stats.get("skipped", [])
    for need in NEEDS:
        aside = [report for report in skipped if need.not_run in str(report.longrepr)]
        if aside:
            line = f"{need.not_run} ({len(aside)} tests)"
            terminalreporter.write_line(line, red=True, bold=True)
    for line in tally.lines(leak_counts(terminalreporter)):
        terminalreporter.write_line(line)


def leak_counts(terminalreporter: pytest.TerminalReporter) -> list[dict[str, Any]]:
    """What each part of a leak harness came to, handed in as a property of its test."""
    reports = [item for kind in ("passed", "failed") for item in terminalreporter.getreports(kind)]
    pairs = [pair for item in reports for pair in item.user_properties]
    return [dict(value) for name, value in pairs if name == tally.COUNTS]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Start the server before the first test database is made; each worker has its own."""
    start_database()
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Every test finds the roles applied, as they are after `manage.py setup`."""
    with django_db_blocker.unblock():
        keep_ground()
    yield
    # Threads of a live server keep connections, and a database in use cannot be dropped.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )


@pytest.fixture(autouse=True)
def no_jobs_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty the queue after a test that commits: Django's flush knows its own tables only."""
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or "live_server" in request.fixturenames
    if not commits and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("db")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture(autouse=True)
def private_data_folder(settings: Settings, tmp_path: Path) -> Path:
    """Files, mail and search indexes of a test stay with that test."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path


class Team:
    """One user per role, made when first asked for: `team[Role.EDITOR]`.

    Each has what the role asks for, a second factor included.
    """

    def __init__(self) -> None:
        self._people: dict[Role, User] = {}

    def __getitem__(self, role: Role) -> User:
        if role not in self._people:
            self._people[role] = UserFactory(
                email=f"{role.value}@kpo.example",
                first_name="Sam",
                last_name=role.value.replace("_", " ").title(),
                roles=[] if role is Role.READER else [role],
            )
        return self._people[role]

    def __iter__(self) -> Iterator[Role]:
        return iter(Role)


@pytest.fixture
def team(db: None) -> Team:
    return Team()


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """A client with a live session of its own for that person, second factor included."""

    def client_of(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return client_of


@pytest.fixture
def drain(db: None) -> Callable[[], int]:
    """Run every queued job inside this test's own transaction; gives how many ran."""
    return jobs.drain
