"""A clamd that does what a test asks of it, in the protocol of the real one."""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

# Harmless and our own: what the double takes for a virus, as EICAR's file is for real scanners.
SIGNATURE = b"KPO-STANDAARD-ANTIVIRUS-TESTBESTAND-GEEN-VIRUS"


class Mood(Enum):
    SCANS = "scans"
    HANGS = "hangs"
    DIES = "dies"
    BABBLES = "babbles"
    REFUSES = "refuses"


@contextmanager
def clamd(mood: Mood = Mood.SCANS) -> Iterator[str]:
    """Address for KPO_CLAMD of a scanner that lives as long as the context."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        stop = threading.Event()
        thread = threading.Thread(target=_serve, args=(server, mood, stop), daemon=True)
        thread.start()
        yield f"tcp:127.0.0.1:{server.getsockname()[1]}"
        stop.set()
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def _serve(server: socket.socket, mood: Mood, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            _answer(connection, mood, stop)


def _answer(connection: socket.socket, mood: Mood, stop: threading.Event) -> None:
    stream = connection.makefile("rb")
    command = stream.readline()
    if mood is Mood.DIES:
        return
    if command == b"nPING\n":
        connection.sendall(b"PONG\n")
        return
    content = b""
    while size := struct.unpack(">I", stream.read(4))[0]:
        content += stream.read(size)
    if mood is Mood.HANGS:
        while not stop.is_set():
            time.sleep(0.05)
        return
    connection.sendall(_verdict(content, mood))


def _verdict(content: bytes, mood: Mood) -> bytes:
    if mood is Mood.BABBLES:
        return b"\xff\xfe niet te verstaan\n"
    if mood is Mood.REFUSES:
        return b"INSTREAM size limit exceeded. ERROR\n"
    if SIGNATURE in content:
        return b"stream: Kpo.Test.Signature FOUND\n"
    return b"stream: OK\n"
