"""Take in one mail that came back, from a pipe of the mail server."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from kpo.people import bounces
from kpo.people.delivery_reports import MOST_BYTES


class Command(BaseCommand):
    help = "Leest één teruggekomen mail van de standaardinvoer, en telt een weigering mee."

    def handle(self, *args: Any, **options: Any) -> None:
        """Quiet, since a mail server takes output for a complaint."""
        bounces.take_in(sys.stdin.buffer.read(MOST_BYTES))
        # A pipe that is not read to its end is a failure to who writes into it.
        while sys.stdin.buffer.read(MOST_BYTES):
            continue
