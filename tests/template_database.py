"""A migrated database that every test database is copied from: migrating once is enough.

Copying takes a fraction of a second, migrating takes many; the copy is kept until a migration or a
locked package changes.
"""

import fcntl
import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper

from tests.house.project import ROOT, modules

PREFIX = "kpo_test_template_"
DRAFT = "kpo_test_draft"


def template_database() -> str:
    """Name of an up-to-date template; made by whoever comes first, while the others wait."""
    name = PREFIX + _digest()
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "test-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with connection._nodb_cursor() as cursor:
            known = _templates(cursor)
            if name not in known:
                for old in known:
                    cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
                _build(cursor, name)
    return name


def _build(cursor: CursorWrapper, name: str) -> None:
    """Migrate a draft and rename it, so that a cut-off build never counts."""
    cursor.execute(f'DROP DATABASE IF EXISTS "{DRAFT}" WITH (FORCE)')
    cursor.execute(f'CREATE DATABASE "{DRAFT}"')
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = DRAFT
    try:
        call_command("migrate", interactive=False, verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
    cursor.execute(f'ALTER DATABASE "{DRAFT}" RENAME TO "{name}"')


def _templates(cursor: CursorWrapper) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
    return [row[0] for row in cursor.fetchall()]


def _digest() -> str:
    """Changes with our migrations, the installed packages and the list of apps."""
    migrations = [path for path in modules() if "migrations" in path.parts]
    parts = [path.read_bytes() for path in [*migrations, _lock_file()]]
    parts += [str(migrations).encode(), str([app.name for app in apps.get_app_configs()]).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _lock_file() -> Path:
    return ROOT / "requirements-development.txt"
