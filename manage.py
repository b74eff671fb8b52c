#!/usr/bin/env python
"""Run a KPO command; the embedded PostgreSQL is started when it is needed and not up."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kpo.settings.development")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from kpo.embedded_postgres import PostgresError
    from kpo.startup import start_database

    try:
        start_database()
    except (PostgresError, ImproperlyConfigured) as error:
        raise SystemExit(str(error)) from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
