"""Take in one mail that came back, from a pipe of the mail server."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from kpo.people import bounces
from kpo.people.delivery_reports import MOST_BYTES


class Command(BaseCommand):
    help = "Leest één teruggekomen mail van de standaardinvoer, en telt een weigering mee."

    def handle(self, *args: Any, **options: Any) -> None:
        """Quiet, since a mail server takes output for a complaint."""
        raw = sys.stdin.buffer.read(MOST_BYTES)
        # A pipe that is not read to its end is a failure to who writes into it.
        while sys.stdin.buffer.read(MOST_BYTES):
            continue
        try:
            bounces.take_in(raw)
        except (OperationalError, InterfaceError) as error:
            # A mail server tries again after this status; after any other the report is lost.
            raise CommandError(
                "De database is weg. Probeer het later opnieuw.", returncode=os.EX_TEMPFAIL
            ) from error
