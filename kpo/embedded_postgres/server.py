"""Starts and stops the embedded server; safe to call from any process at any moment."""

import fcntl
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from kpo.embedded_postgres.cluster import DATABASE, PORT, ROLE, SOCKET_NAME, Cluster
from kpo.embedded_postgres.programs import START_TIMEOUT_SECONDS, PostgresError, owner_ids, run

SUPERUSER = "postgres"

# Durability stays whole: fsync, full_page_writes and synchronous_commit keep their
# safe defaults. The log never quotes statements or row values, which may hold
# personal data.
CONFIGURATION = f"""\
listen_addresses = ''
port = {PORT}
unix_socket_permissions = 0777
shared_buffers = '128MB'
max_wal_size = '1GB'
max_connections = 200
jit = off
timezone = 'UTC'
password_encryption = 'scram-sha-256'
logging_collector = on
log_filename = 'postgres-%a.log'
log_truncate_on_rotation = on
log_rotation_age = '1d'
log_rotation_size = 0
log_min_error_statement = panic
log_error_verbosity = terse
"""
ACCESS = "local all all scram-sha-256\n"


def ensure_running(data_dir: Path) -> bool:
    """Make the cluster if need be and start its server; True if this call started it.

    Costs a file read when the server is up. Raises PostgresError with a Dutch sentence.
    """
    cluster = Cluster.in_data_folder(data_dir)
    if cluster.ready_marker.exists() and _is_live(cluster):
        return False
    with _locked(cluster):
        _make_data(cluster)
        started = _start(cluster)
        if not cluster.ready_marker.exists():
            _make_database(cluster)
        return started


def stop(data_dir: Path) -> bool:
    """Stop the server of `data_dir`; True if it ran. Open connections are ended."""
    cluster = Cluster.in_data_folder(data_dir)
    if not cluster.data.exists():
        return False
    with _locked(cluster):
        if not _is_live(cluster):
            return False
        run(cluster, "pg_ctl", "stop", "-D", str(cluster.data), "-m", "fast", "-w", "-s")
        return True


def is_running(data_dir: Path) -> bool:
    return _is_live(Cluster.in_data_folder(data_dir))


@contextmanager
def _locked(cluster: Cluster) -> Iterator[None]:
    """One process at a time makes, starts or stops the cluster; the others wait."""
    try:
        cluster.root.mkdir(parents=True, exist_ok=True, mode=0o755)
        handle = os.open(cluster.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        message = f"De datamap {cluster.root} is niet te beschrijven: {error.strerror}."
        raise PostgresError(message) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _is_live(cluster: Cluster) -> bool:
    pid_file = cluster.pid_file()
    return bool(pid_file and pid_file.is_ready and _is_postgres(pid_file.pid))


def _is_postgres(pid: int) -> bool:
    """Whether this process is a PostgreSQL: after a crash the number may be another's."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0", 1)[0]
    except OSError:
        return False
    return Path(os.fsdecode(command)).name == "postgres"


def _make_data(cluster: Cluster) -> None:
    """Run initdb beside the final place and rename, so that a crash leaves no half cluster."""
    if cluster.data.exists():
        return
    draft = cluster.root / "draft"
    shutil.rmtree(draft, ignore_errors=True)
    cluster.ready_marker.unlink(missing_ok=True)
    passwords = {SUPERUSER: secrets.token_urlsafe(32), ROLE: secrets.token_urlsafe(32)}
    _write_passwords(cluster, passwords)
    _make_owned_folder(cluster, draft)
    secret = draft.with_name("draft-password")
    _write_private(secret, passwords[SUPERUSER])
    try:
        _give_to_owner(cluster, secret)
        _initdb(cluster, draft, secret)
    finally:
        secret.unlink(missing_ok=True)
    _append_as_owner(draft / "postgresql.conf", CONFIGURATION)
    _append_as_owner(draft / "pg_hba.conf", ACCESS, replace=True)
    draft.rename(cluster.data)


def _initdb(cluster: Cluster, folder: Path, secret: Path) -> None:
    """The wheel has no ICU; the builtin provider sorts alike on every machine."""
    run(
        cluster,
        "initdb",
        f"--pgdata={folder}",
        f"--username={SUPERUSER}",
        f"--pwfile={secret}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
    )


def _start(cluster: Cluster) -> bool:
    if _is_live(cluster):
        return False
    _forget_foreign_pid(cluster)
    socket_folder = cluster.socket_folder()
    _make_owned_folder(cluster, socket_folder, passable=socket_folder.parent == cluster.root)
    _make_owned_folder(cluster, cluster.log)
    options = f"-c unix_socket_directories='{socket_folder}' -c log_directory='{cluster.log}'"
    run(
        cluster,
        "pg_ctl",
        "start",
        f"--pgdata={cluster.data}",
        f"--options={options}",
        f"--log={cluster.log / 'start.log'}",
        f"--timeout={START_TIMEOUT_SECONDS}",
        "--wait",
        "--silent",
    )
    return True


def _forget_foreign_pid(cluster: Cluster) -> None:
    """Drop a crashed server's lock files when their number is no server's any more.

    PostgreSQL takes any process of its own account for a server, also an unreaped one,
    and refuses to start; so it goes after every hard stop of a container. Shared memory
    that is still in use is noticed by PostgreSQL without these files.
    """
    pid_file = cluster.pid_file()
    if pid_file is None or _is_postgres(pid_file.pid):
        return
    (cluster.socket_folder() / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)


def _make_database(cluster: Cluster) -> None:
    """The application's role owns its database and may make others (tests), no more."""
    secret = _read_passwords(cluster)[ROLE]
    role = sql.Identifier(ROLE)
    with psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(role))
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, sql.Literal(secret)))
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not found.fetchone():
            database = sql.Identifier(DATABASE)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))
    cluster.ready_marker.touch(mode=0o644)


def _write_passwords(cluster: Cluster, passwords: dict[str, str]) -> None:
    lines = [f"*:*:*:{role}:{secret}\n" for role, secret in passwords.items()]
    _write_private(cluster.passwords, "".join(lines))


def _read_passwords(cluster: Cluster) -> dict[str, str]:
    lines = cluster.passwords.read_text().splitlines()
    return {role: secret for _, _, _, role, secret in (line.split(":") for line in lines)}


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)


def _append_as_owner(path: Path, text: str, *, replace: bool = False) -> None:
    """Opening an existing file keeps its owner, which writing a new one would not."""
    with path.open("w" if replace else "a") as file:
        file.write(text)


def _make_owned_folder(cluster: Cluster, folder: Path, *, passable: bool = False) -> None:
    """A folder of the server's account; refused when somebody else made it first."""
    mode = 0o755 if passable else 0o700
    folder.mkdir(mode=mode, exist_ok=True)
    ids = owner_ids(cluster)
    found = folder.lstat()
    expected = {os.geteuid(), ids[0]} if ids else {os.geteuid()}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in expected:
        raise PostgresError(f"De map {folder} is van een ander account. Verwijder haar eerst.")
    _give_to_owner(cluster, folder)
    folder.chmod(mode)


def _give_to_owner(cluster: Cluster, path: Path) -> None:
    ids = owner_ids(cluster)
    if ids:
        os.chown(path, *ids, follow_symlinks=False)
