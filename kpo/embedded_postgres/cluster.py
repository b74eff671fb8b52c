"""Where an embedded cluster keeps its things, read from the disk and nothing else."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

DATABASE = "kpo"
ROLE = "kpo"
# A name only: the server listens on a Unix socket whose file carries this number.
PORT = 5432
SOCKET_NAME = f".s.PGSQL.{PORT}"
# sun_path of a Unix socket holds 108 bytes with its closing NUL (unix(7)).
SOCKET_PATH_LIMIT = 107


@dataclass(frozen=True)
class PidFile:
    """The lines of `postmaster.pid` that matter here (PostgreSQL: miscadmin.h)."""

    pid: int
    socket_folder: Path | None
    is_ready: bool


@dataclass(frozen=True)
class Cluster:
    """The folders and files of one cluster; `root` is `<data folder>/postgres`."""

    root: Path

    @classmethod
    def in_data_folder(cls, data_dir: Path) -> "Cluster":
        return cls(data_dir.absolute() / "postgres")

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def passwords(self) -> Path:
        """A libpq password file (mode 0600) for the application role and the superuser."""
        return self.root / "passwords"

    @property
    def ready_marker(self) -> Path:
        """Exists once roles and database were made, so that a cut-off set-up starts anew."""
        return self.root / "ready"

    def pid_file(self) -> PidFile | None:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            pid = int(lines[0])
        except (OSError, ValueError, IndexError):
            return None
        socket_folder = lines[4].strip() if len(lines) > 4 else ""
        status = lines[7].strip() if len(lines) > 7 else ""
        return PidFile(pid, Path(socket_folder) if socket_folder else None, status == "ready")

    def socket_folder(self) -> Path:
        """The folder of the live server's socket, or the one the next start will use."""
        pid_file = self.pid_file()
        if pid_file and pid_file.socket_folder and pid_file.socket_folder.exists():
            return pid_file.socket_folder
        own = self.root / "run"
        return own if _fits(own) else self._temporary_socket_folder()

    def _temporary_socket_folder(self) -> Path:
        digest = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]
        folder = Path(tempfile.gettempdir()) / f"kpo-postgres-{digest}"
        return folder if _fits(folder) else Path("/tmp") / folder.name  # noqa: S108 - checked on use

    def url(self, role: str = ROLE, database: str = DATABASE) -> str:
        """A URL for libpq and django-environ alike; libpq reads the password file itself."""
        options = {"host": self.socket_folder(), "port": PORT, "passfile": self.passwords}
        return f"postgresql://{role}@/{database}?{urlencode(options)}"


def database_url(data_dir: Path) -> str:
    """The URL of the application database in `data_dir`; starts and makes nothing."""
    return Cluster.in_data_folder(data_dir).url()


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_LIMIT
