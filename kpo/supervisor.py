"""Keeps a few processes running together until one signal ends them all.

It knows nothing of Django, so that `python -m kpo.supervisor stop FOLDER` is quick and works
when the project itself does not.
"""

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from kpo.embedded_postgres import stop as stop_postgres

STOP_GRACE_SECONDS = 10
CHECK_SECONDS = 0.5
# A process that ends this soon after its start, this often in a row, is not worth restarting.
SHORT_LIFE_SECONDS = 10
SHORT_LIVES_ALLOWED = 3
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1  # prctl(2)


class AlreadyRunningError(Exception):
    """Another supervisor serves this data folder; the message says which, in Dutch."""


class GaveUpError(Exception):
    """A process keeps ending; the message says which, in Dutch."""


@dataclass
class Child:
    """One process to keep up: `command` is run again whenever it ends."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    short_lives: int = 0

    def start(self) -> None:
        self.started_at = time.monotonic()
        # A group of its own: Ctrl-C reaches the supervisor only, which ends the rest in order.
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  this process has one thread
        )

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def restart(self) -> None:
        lived = time.monotonic() - self.started_at
        self.short_lives = self.short_lives + 1 if lived < SHORT_LIFE_SECONDS else 0
        if self.short_lives >= SHORT_LIVES_ALLOWED:
            raise GaveUpError(f"{self.name} stopt steeds meteen weer. Kijk hierboven waarom.")
        print(f"{self.name} is gestopt en wordt opnieuw gestart.", flush=True)
        self.start()

    def terminate(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_or_kill(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass
class Supervisor:
    """Runs `children` for the data folder, with `tend` called between two looks at them."""

    data_dir: Path
    children: list[Child]
    tend: Callable[[], object] = lambda: None
    _ending: bool = field(default=False, init=False)

    def run(self) -> None:
        """Return when a signal asked for the end; raises GaveUpError, AlreadyRunningError."""
        with hold_run_lock(self.data_dir):
            before = {number: signal.signal(number, self._end) for number in ENDING_SIGNALS}
            try:
                for child in self.children:
                    child.start()
                self._watch()
            finally:
                self._stop_children()
                for number, handler in before.items():
                    signal.signal(number, handler)

    def _watch(self) -> None:
        while not self._ending:
            self.tend()
            for child in self.children:
                if child.has_ended() and not self._ending:
                    child.restart()
            time.sleep(CHECK_SECONDS)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._ending = True

    def _stop_children(self) -> None:
        print("Bezig met stoppen.", flush=True)
        for child in self.children:
            child.terminate()
        deadline = time.monotonic() + STOP_GRACE_SECONDS
        for child in self.children:
            child.wait_or_kill(deadline)


def hold_run_lock(data_dir: Path) -> IO[str]:
    """An open, locked file with this process's number; closing it gives the folder free."""
    data_dir.mkdir(parents=True, exist_ok=True)
    file = _pid_path(data_dir).open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        number = file.read().strip()
        file.close()
        message = f"KPO draait al in {data_dir} (proces {number}). `make stop` stopt het."
        raise AlreadyRunningError(message) from None
    file.seek(0)
    file.truncate()
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file


def stop(data_dir: Path) -> None:
    """End the supervisor of the data folder, if one runs, and then its PostgreSQL."""
    try:
        hold_run_lock(data_dir).close()
    except AlreadyRunningError:
        os.kill(int(_pid_path(data_dir).read_text()), signal.SIGTERM)
        _wait_until_free(data_dir)
        print("Webserver en werker zijn gestopt.")
    stopped = stop_postgres(data_dir)
    print("PostgreSQL is gestopt." if stopped else "PostgreSQL draaide niet.")


def _wait_until_free(data_dir: Path) -> None:
    deadline = time.monotonic() + STOP_GRACE_SECONDS * 2
    while time.monotonic() < deadline:
        try:
            hold_run_lock(data_dir).close()
        except AlreadyRunningError:
            time.sleep(CHECK_SECONDS)
        else:
            return


def _pid_path(data_dir: Path) -> Path:
    return data_dir / "run.pid"


def _die_with_parent() -> None:
    """End this process when the supervisor is killed, which gives it no time to clean up."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] != "stop":
        raise SystemExit("Gebruik: python -m kpo.supervisor stop DATAMAP")
    stop(Path(sys.argv[2]).absolute())
