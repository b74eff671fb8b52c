"""The supervisor behind `make run`, with small real processes in place of web and worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kpo.supervisor import AlreadyRunningError, Child, GaveUpError, Supervisor, hold_run_lock

pytestmark = pytest.mark.slow

# Two children write their process number; the supervisor runs until a signal comes.
PROGRAM = """
import sys
from pathlib import Path
from kpo.supervisor import Child, Supervisor
folder = Path(sys.argv[1])
code = "import os, sys, time; print(os.getpid(), file=open(sys.argv[1], 'a')); time.sleep(60)"
children = [
    Child(name, [sys.executable, "-c", code, str(folder / name)]) for name in ("web", "worker")
]
Supervisor(folder, children).run()
"""


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        cwd=Path(__file__).resolve().parents[2],
        start_new_session=True,
    )
    yield process
    if process.poll() is None:
        process.kill()
    process.wait()


def pids(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def is_alive(pid: int) -> bool:
    """Running, and not merely waiting for its parent to notice that it ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_for(is_so: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def wait_for_children(folder: Path) -> list[int]:
    wait_for(lambda: pids(folder / "web") and pids(folder / "worker"))
    return pids(folder / "web") + pids(folder / "worker")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_ends_everything(
    supervisor: subprocess.Popen[bytes], tmp_path: Path, number: signal.Signals
) -> None:
    children = wait_for_children(tmp_path)
    supervisor.send_signal(number)
    assert supervisor.wait(timeout=20) == 0
    assert not any(is_alive(pid) for pid in children)


def test_children_end_when_the_supervisor_is_killed(
    supervisor: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    children = wait_for_children(tmp_path)
    supervisor.kill()
    wait_for(lambda: not any(is_alive(pid) for pid in children))


def test_killed_child_is_started_again(supervisor: subprocess.Popen[bytes], tmp_path: Path) -> None:
    wait_for_children(tmp_path)
    os.kill(pids(tmp_path / "worker")[0], signal.SIGKILL)
    wait_for(lambda: len(pids(tmp_path / "worker")) == 2)
    assert supervisor.poll() is None
    assert len(pids(tmp_path / "web")) == 1


def test_child_that_cannot_live_ends_the_run_with_its_name(tmp_path: Path) -> None:
    short = Child("De werker", [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(GaveUpError, match="De werker"):
        Supervisor(tmp_path, [short]).run()


def test_second_run_in_a_data_folder_is_refused(tmp_path: Path) -> None:
    with hold_run_lock(tmp_path), pytest.raises(AlreadyRunningError, match=str(os.getpid())):
        hold_run_lock(tmp_path)
    hold_run_lock(tmp_path).close()


def test_stop_ends_the_run_of_a_data_folder(
    supervisor: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    children = wait_for_children(tmp_path)
    told = subprocess.run(
        [sys.executable, "-m", "kpo.supervisor", "stop", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "Webserver en werker zijn gestopt." in told.stdout
    assert supervisor.wait(timeout=5) == 0
    assert not any(is_alive(pid) for pid in children)
