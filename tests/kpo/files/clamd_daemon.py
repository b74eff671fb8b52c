"""A real clamd with one signature of our own, started and broken by tests."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from tests.kpo.files.clamd_double import SIGNATURE
from tests.needs import find_program

STARTING_SECONDS = 60
# clamd marks signatures that are not its makers' own.
FOUND = "Kpo.Test.UNOFFICIAL"


class ClamdDaemon:
    """`address` is what KPO_CLAMD wants. Nothing is downloaded: the one signature is ours."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "clamd.sock"
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "signatures").mkdir()
        # Name, any kind of file, anywhere in it, and the bytes in hexadecimal digits.
        (folder / "signatures" / "kpo.ndb").write_text(f"Kpo.Test:0:*:{SIGNATURE.hex()}\n")
        (folder / "clamd.conf").write_text(
            f"LocalSocket {self._socket}\n"
            f"DatabaseDirectory {folder / 'signatures'}\n"
            f"TemporaryDirectory {folder}\n"
            "Foreground yes\n"
        )

    @property
    def address(self) -> str:
        return f"unix:{self._socket}"

    def start(self) -> None:
        program = find_program("clamd")
        assert program is not None
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [program, f"--config-file={self._folder / 'clamd.conf'}"], stdout=log, stderr=log
            )
        deadline = time.monotonic() + STARTING_SECONDS
        while not self._answers():
            assert time.monotonic() < deadline, (self._folder / "log").read_text()
            time.sleep(0.1)

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(str(self._socket))
                connection.sendall(b"nPING\n")
                return connection.recv(16) == b"PONG\n"
            except OSError:
                return False

    def hang(self) -> None:
        self._send(signal.SIGSTOP)

    def go_on(self) -> None:
        self._send(signal.SIGCONT)

    def die(self) -> None:
        """As the machine does when memory runs out."""
        if self._process is not None:
            self._send(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _send(self, what: signal.Signals) -> None:
        assert self._process is not None
        os.kill(self._process.pid, what)
