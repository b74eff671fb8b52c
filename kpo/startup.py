"""What must run before Django opens a connection: called by commands, tests and the web server."""

from django.conf import settings

from kpo import embedded_postgres


def start_database() -> bool:
    """Start the embedded PostgreSQL where the settings use it; True if this call started it."""
    return bool(settings.EMBEDDED_POSTGRES) and embedded_postgres.ensure_running(settings.DATA_DIR)
