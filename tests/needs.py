"""What some tests need that pip cannot bring; where it is missing they are set aside aloud."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tests.opensearch_node import can_run

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Debian keeps daemons out of an ordinary user's path.
SEARCH_PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])


@dataclass(frozen=True)
class Need:
    """`mark` is that of the tests; `missing` completes "NOT RUN: browser tests, …"."""

    mark: str
    missing: str
    is_met: Callable[[], bool]

    @property
    def not_run(self) -> str:
        return f"NOT RUN: {self.mark} tests, {self.missing}"


def find_program(*names: str) -> str | None:
    """Path of the first of these programs that is here."""
    return next(filter(None, (shutil.which(name, path=SEARCH_PATH) for name in names)), None)


@cache
def can_mount() -> bool:
    """Whether this account may mount a small disk of its own: root, outside most containers."""
    if os.geteuid() != 0 or not find_program("mount"):
        return False
    with tempfile.TemporaryDirectory(prefix="kpo-mount-") as folder:
        tried = subprocess.run(
            ["/bin/mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder],
            check=False,
            capture_output=True,
        )
        if tried.returncode == 0:
            subprocess.run(["/bin/umount", folder], check=True)
    return tried.returncode == 0


NEEDS = (
    Need("browser", "chromium is missing", lambda: find_program(*BROWSERS) is not None),
    Need("clamd", "clamd is missing", lambda: find_program("clamd") is not None),
    Need("opensearch", "Maven or a Java of version 21 or later is missing", can_run),
    Need("root", "only root may lend a folder to another account", lambda: os.geteuid() == 0),
    Need("small_disk", "only root may mount a disk", can_mount),
)
