"""Has foreign files opened elsewhere: in a process with limits, which is killed when it hangs."""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from django.conf import settings

from kpo.files.refusals import RefusedError

GRACE_SECONDS = 5


class ReadingError(Exception):
    """A file could not be read within the limits; the message is a Dutch sentence."""


class _Converter:
    """The server process that belongs to this process; started when first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def connect(self) -> socket.socket:
        """A socket to a fresh fork."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            try:
                socket.send_fds(self._running(), [b"f"], [theirs.fileno()])
            except OSError:
                # It was killed, by the kernel for instance. Once more with a new one.
                self.stop()
                socket.send_fds(self._running(), [b"f"], [theirs.fileno()])
        return ours

    def _running(self) -> socket.socket:
        is_ours = self._owner == os.getpid()
        if self._control and self._process and is_ours and self._process.poll() is None:
            return self._control
        if is_ours:
            self.stop()
        self._control, theirs = socket.socketpair()
        self._owner = os.getpid()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kpo.files.converter", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd=settings.BASE_DIR,
                env={"PATH": os.defpath, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
            )
        return self._control

    def stop(self) -> None:
        """End the server; a later request starts another. Of a fork the server is its parent's."""
        if self._process and self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
        if self._control:
            self._control.close()
        self._control = self._process = None


_converter = _Converter()
atexit.register(_converter.stop)


def run(work: str, source: Path, target: Path | None = None, **options: Any) -> Any:
    """
    Call `work` ("module:function") with source, target and options in a process with limits.

    Returns what it returns, by way of JSON. Raises RefusedError as the work did, and ReadingError
    when it ran out of time or memory, died, or met something it could not read.
    """
    seconds = settings.KPO_READING_SECONDS
    request = {
        "work": work,
        "source": str(source),
        "target": str(target) if target else None,
        "options": options,
        "seconds": seconds,
        "megabytes": settings.KPO_READING_MB,
    }
    answer = _ask(request, seconds)
    if "refused" in answer:
        raise RefusedError(answer["refused"])
    if "error" in answer:
        raise ReadingError(_explain(answer["error"]))
    return answer["result"]


def _ask(request: dict[str, Any], seconds: int) -> dict[str, Any]:
    with _converter.connect() as connection:
        connection.settimeout(seconds + GRACE_SECONDS)
        pid = 0
        try:
            stream = connection.makefile("rwb")
            pid = json.loads(stream.readline())["pid"]
            stream.write(json.dumps(request).encode() + b"\n")
            stream.flush()
            return json.loads(stream.read() or b'{"error": "died"}')
        except TimeoutError:
            _kill(pid)
            return {"error": "died"}
        except (OSError, ValueError):
            return {"error": "died"}


def _kill(pid: int) -> None:
    # It still holds its end of the socket, so this number is still its own.
    if pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _explain(error: str) -> str:
    match error:
        case "memory":
            return (
                "Het lezen van het bestand kost te veel geheugen. Maak het kleiner of splits het."
            )
        case "died":
            return (
                "Het lezen van het bestand duurde te lang of stopte onverwacht. Sla het opnieuw op "
                "of splits het."
            )
        case _:
            return f"Het bestand kon niet worden gelezen. Sla het opnieuw op. (Oorzaak: {error}.)"
