"""The embedded PostgreSQL, on real servers in folders of its own."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from kpo.embedded_postgres import Cluster, PostgresError, database_url, ensure_running, stop
from kpo.embedded_postgres import is_running as is_server_running

pytestmark = pytest.mark.slow


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that every account may reach, as `var/` in a checkout is."""
    with tempfile.TemporaryDirectory(prefix="kpo-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)
        stop(Path(name))


def pid_of(folder: Path) -> int:
    found = Cluster.in_data_folder(folder).pid_file()
    assert found is not None
    return found.pid


def kill(folder: Path) -> None:
    pid = pid_of(folder)
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}/cmdline").exists() and time.monotonic() < deadline:
        if not Path(f"/proc/{pid}/cmdline").read_bytes():
            break
        time.sleep(0.05)


def value(folder: Path, query: str) -> object:
    with psycopg.connect(database_url(folder)) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def test_second_call_finds_the_server_up(folder: Path) -> None:
    assert ensure_running(folder) is True
    assert ensure_running(folder) is False
    assert value(folder, "SELECT current_database()") == "kpo"


def test_stop_ends_the_server_once(folder: Path) -> None:
    ensure_running(folder)
    assert stop(folder) is True
    assert is_server_running(folder) is False
    assert stop(folder) is False


def test_nothing_is_stopped_or_made_in_an_empty_folder(folder: Path) -> None:
    assert stop(folder) is False
    assert list(folder.iterdir()) == []


def test_server_outlives_the_command_that_started_it(folder: Path) -> None:
    command = [sys.executable, "-m", "kpo.embedded_postgres", "start", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert is_server_running(folder)


def test_acknowledged_rows_survive_a_kill(folder: Path) -> None:
    ensure_running(folder)
    with psycopg.connect(database_url(folder)) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (42)")
        connection.commit()
    kill(folder)
    assert ensure_running(folder) is True
    assert value(folder, "SELECT n FROM kept") == 42


def test_durability_is_not_traded_for_speed(folder: Path) -> None:
    ensure_running(folder)
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        assert value(folder, f"SHOW {setting}") == "on"


def test_stale_pid_file_of_another_program_does_not_block_the_start(folder: Path) -> None:
    ensure_running(folder)
    kill(folder)
    pid_file = Cluster.in_data_folder(folder).data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert ensure_running(folder) is True


def test_cut_off_set_up_is_finished_by_the_next_start(folder: Path) -> None:
    ensure_running(folder)
    Cluster.in_data_folder(folder).ready_marker.unlink()
    ensure_running(folder)
    assert value(folder, "SELECT 1") == 1


def test_many_starts_at_once_start_one_server(folder: Path) -> None:
    command = [sys.executable, "-m", "kpo.embedded_postgres", "start", str(folder)]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    told = [process.communicate(timeout=120)[0].strip() for process in started]
    assert sorted(told) == ["PostgreSQL draait al."] * 3 + ["PostgreSQL is gestart."]


def test_folder_with_a_long_path_gets_a_socket_elsewhere(folder: Path) -> None:
    deep = folder.joinpath(*["lange-mapnaam-voor-een-datamap"] * 4)
    try:
        ensure_running(deep)
        assert len(os.fsencode(Cluster.in_data_folder(deep).socket_folder())) < 90
        assert value(deep, "SELECT 1") == 1
        found = Cluster.in_data_folder(deep).socket_folder().stat()
        assert stat.S_IMODE(found.st_mode) == 0o700
    finally:
        stop(deep)


def test_folder_below_a_closed_parent_works(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    try:
        ensure_running(closed / "var")
        assert value(closed / "var", "SELECT 1") == 1
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    finally:
        stop(closed / "var")


def test_password_is_asked_for_and_kept_private(folder: Path) -> None:
    ensure_running(folder)
    cluster = Cluster.in_data_folder(folder)
    assert stat.S_IMODE(cluster.passwords.stat().st_mode) == 0o600
    without = database_url(folder).split("&passfile=")[0]
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(without, passfile="/nonexistent", password="guessed")


def test_application_role_is_no_superuser_and_no_port_is_open(folder: Path) -> None:
    ensure_running(folder)
    assert value(folder, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert value(folder, "SHOW listen_addresses") == ""


def log_once_it_holds(folder: Path, words: str, seconds: float = 20) -> str:
    """The whole server log, read again until it holds these words."""
    logs = Cluster.in_data_folder(folder).log
    patience = time.monotonic() + seconds
    while True:
        text = "".join(path.read_text() for path in logs.iterdir())
        if words in text:
            return text
        assert time.monotonic() < patience, f"the log never said “{words}”: {text}"
        time.sleep(0.1)


def test_server_log_never_quotes_values(folder: Path) -> None:
    ensure_running(folder)
    with psycopg.connect(database_url(folder), autocommit=True) as connection:
        connection.execute("CREATE TABLE person (number text UNIQUE)")
        connection.execute("INSERT INTO person VALUES ('123456782')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES ('123456782')")
    # A process of its own writes the server's lines, when it gets round to it.
    assert "123456782" not in log_once_it_holds(folder, "duplicate key")


def test_unwritable_data_folder_is_told_in_a_sentence(folder: Path) -> None:
    (folder / "file").write_text("in the way")
    with pytest.raises(PostgresError, match="niet te beschrijven"):
        ensure_running(folder / "file" / "var")


@pytest.mark.root
def test_as_root_the_server_runs_unprivileged_and_own_folders_keep_their_modes(
    folder: Path,
) -> None:
    before = folder.stat()
    ensure_running(folder)
    assert Path(f"/proc/{pid_of(folder)}").stat().st_uid != 0
    after = folder.stat()
    assert (after.st_mode, after.st_uid) == (before.st_mode, before.st_uid)
