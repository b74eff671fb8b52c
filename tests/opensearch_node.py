"""A real OpenSearch node for tests: jars from Maven, a new enough Java, a folder of its own."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "opensearch"
OLDEST_JAVA = 21
JAVA_FOLDERS = (Path("/usr/lib/jvm"), Path("/opt/java"))
# OpenSearchRunner listens on the base port and the number of the node; a base from 9300 on it
# does not take.
BASE_PORT = 9200
LAST_PORT = 9298
START_SECONDS = 180
FETCH_SECONDS = 600


@cache
def find_java() -> str | None:
    """A Java of version 21 or later: of JAVA_HOME, the path, or the usual folders."""
    homes = [Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else []
    programs = [home / "bin" / "java" for home in homes]
    programs += [Path(found)] if (found := shutil.which("java")) else []
    programs += sorted(path for folder in JAVA_FOLDERS for path in folder.glob("*/bin/java"))
    return next((str(program) for program in programs if _version(program) >= OLDEST_JAVA), None)


def _version(java: Path) -> int:
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r'version "(\d+)', told.stderr + told.stdout)
    return int(found[1]) if found else 0


def can_run() -> bool:
    return find_java() is not None and shutil.which("mvn") is not None


def jars(cache_folder: Path) -> Path:
    """Folder with the node's jars, fetched once and compared with the sums in the repository."""
    folder = cache_folder / f"opensearch-{_digest()}"
    cache_folder.mkdir(parents=True, exist_ok=True)
    with (cache_folder / "opensearch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            draft = cache_folder / "opensearch-draft"
            shutil.rmtree(draft, ignore_errors=True)
            _fetch(draft)
            _compare(draft)
            draft.rename(folder)
    return folder


def _digest() -> str:
    parts = [(HERE / name).read_bytes() for name in ("pom.xml", "jars.sha256")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _fetch(folder: Path) -> None:
    command = ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
    subprocess.run(
        [*command, f"-DoutputDirectory={folder}"],
        check=True,
        capture_output=True,
        timeout=FETCH_SECONDS,
    )


def _compare(folder: Path) -> None:
    """Raises AssertionError for a jar that is not the one this repository was tested with."""
    expected = dict(
        reversed(line.split()) for line in (HERE / "jars.sha256").read_text().splitlines()
    )
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert found == expected, "These are not the jars of tests/opensearch/jars.sha256."


class Node:
    """One node; `url` answers when `start` returns. `log` is where it writes."""

    def __init__(self, folder: Path, lib: Path) -> None:
        self.folder = folder
        self.lib = lib
        self._place, base = _free_place()
        self.port = base + 1
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "node.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        java = find_java()
        assert java is not None
        self.folder.mkdir(parents=True, exist_ok=True)
        main = "org.codelibs.opensearch.runner.OpenSearchRunner"
        options = {"basePath": self.folder / "data", "numOfNode": 1}
        options |= {"clusterName": f"kpo-test-{self.port}", "baseHttpPort": self.port - 1}
        spread = [part for name, value in options.items() for part in (f"-{name}", str(value))]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [java, "-Xmx512m", "-cp", f"{self.lib}/*", main, *spread, "-useLogger"],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                process_group=0,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            assert self._process.poll() is None, self.log.read_text()[-2000:]
            assert time.monotonic() < deadline, self.log.read_text()[-2000:]
            time.sleep(0.2)

    def answers(self) -> bool:
        try:
            health = self.call("GET", "/_cluster/health?timeout=1s")
        except (OSError, ValueError):
            return False
        return health.get("status") in ("green", "yellow")

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Ask the node itself, past the code under test."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - our own node
            self.url + path, data, {"Content-Type": "application/json"}, method=method
        )
        # Settings of this machine, such as a proxy, are not for a visit to ourselves.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def pause(self) -> None:
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def stop(self) -> None:
        """As power does when it fails."""
        if self._process is not None:
            self._signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """Stop for good, and let another have the port."""
        self.stop()
        self._place.close()

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, number)


def _free_place() -> tuple[socket.socket, int]:
    """A base port whose next one is free, held until the socket is closed.

    A node takes seconds to listen and may be stopped meanwhile; whoever looked for a free port then
    would talk to the node of another.
    """
    for base in range(BASE_PORT, LAST_PORT, 2):
        place = socket.socket()
        with socket.socket() as probe:
            try:
                place.bind(("127.0.0.1", base))
            except OSError:
                place.close()
                continue
            if probe.connect_ex(("127.0.0.1", base + 1)):
                return place, base
        place.close()
    raise AssertionError("No port is free for OpenSearch.")
