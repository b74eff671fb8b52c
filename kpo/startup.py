"""What must run before Django opens a connection: called by commands, tests and the web server."""

from django.conf import settings

from kpo import embedded_postgres


class _Started:
    by_this_process = False


def start_database() -> bool:
    """Start the embedded PostgreSQL where the settings use it; True if this call started it."""
    if not settings.EMBEDDED_POSTGRES:
        return False
    started = embedded_postgres.ensure_running(settings.DATA_DIR)
    _Started.by_this_process = _Started.by_this_process or started
    return started


def stop_database_if_started_here() -> bool:
    """Stop the embedded PostgreSQL if this process started it, and leave it up otherwise."""
    return _Started.by_this_process and embedded_postgres.stop(settings.DATA_DIR)
