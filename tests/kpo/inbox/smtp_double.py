"""A mail server as small as can be: takes mail, or refuses a recipient as a real one does."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Double:
    """`answers` gives the reply to a recipient; who is not in it is welcome."""

    port: int = 0
    answers: dict[str, bytes] = field(default_factory=dict)
    received: list[str] = field(default_factory=list)


class Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        double: Double = self.server.double  # type: ignore[attr-defined]
        self.wfile.write(b"220 proef\r\n")
        for line in self.rfile:
            word = line.split()[0].upper() if line.split() else b""
            if word == b"QUIT":
                self.wfile.write(b"221 dag\r\n")
                return
            self.wfile.write(self.reply(double, word, line.decode()))

    def reply(self, double: Double, word: bytes, line: str) -> bytes:
        if word == b"RCPT":
            address = line.partition("<")[2].partition(">")[0]
            return double.answers.get(address, b"250 ja\r\n")
        if word == b"DATA":
            self.wfile.write(b"354 toe maar\r\n")
            text = b"".join(iter(self.rfile.readline, b".\r\n"))
            double.received.append(text.decode())
        return b"250 ja\r\n"


@contextmanager
def smtp_double() -> Iterator[Double]:
    double = Double()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        server.double = double  # type: ignore[attr-defined]
        double.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield double
        finally:
            server.shutdown()
            thread.join()
