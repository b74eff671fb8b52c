"""Take in one mail that came back, from a pipe of the mail server."""

import logging
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand

from kpo.people import bounces
from kpo.people.delivery_reports import MOST_BYTES

logger = logging.getLogger(__name__)


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
        except Exception as error:
            # A mail server tries again after this status; after any other the report is lost. What
            # the error says is kept from its log, and from whoever sent the report.
            logger.warning("A returned mail was not taken in: %s", type(error).__name__)
            raise SystemExit(os.EX_TEMPFAIL) from None
