"""How much memory a piece of work took at its height."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
SECONDS_BETWEEN = 0.05


@dataclass
class Peak:
    """In bytes: what this process had resident before, and the most it had meanwhile."""

    before: int
    most: int

    def __str__(self) -> str:
        return f"{self.most >> 20} MB at most, {(self.most - self.before) >> 20} MB of it new"


@contextmanager
def peak() -> Iterator[Peak]:
    found = Peak(resident(), resident())
    done = threading.Event()

    def watch() -> None:
        while not done.wait(SECONDS_BETWEEN):
            found.most = max(found.most, resident())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield found
    finally:
        done.set()
        watcher.join()


def resident() -> int:
    pages = Path("/proc/self/statm").read_text("utf-8").split()[1]
    return int(pages) * PAGE_BYTES
