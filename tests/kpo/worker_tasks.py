"""Tasks for a worker that a test starts as a process of its own."""

import time
from pathlib import Path

from django_tasks import task


@task()
def leave_mark(path: str, seconds: int) -> None:
    """Two files: one when it began, one when it was done."""
    Path(f"{path}.begun").touch()
    time.sleep(seconds)
    Path(f"{path}.done").touch()
