"""A disk of a few megabytes that a test mounts, fills to the last byte and empties again."""

import errno
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

CHUNK = bytes(64 * 1024)


class SmallDisk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Leave not one byte, as a log that nobody watched would."""
        with self._filler.open("ab", buffering=0) as filler:
            for size in (len(CHUNK), 1):
                while self._has_taken(filler, CHUNK[:size]):
                    pass

    @staticmethod
    def _has_taken(filler: FileIO, data: bytes) -> bool:
        try:
            return bool(filler.write(data))
        except OSError as error:
            if error.errno == errno.ENOSPC:
                return False
            raise

    def make_room(self) -> None:
        self._filler.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[SmallDisk]:
    """Mounted on `folder` as long as the context lasts; needs root."""
    folder.mkdir(parents=True, exist_ok=True)
    options = f"size={megabytes}m,mode=0755"
    subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["/bin/umount", "--lazy", str(folder)], check=True)
