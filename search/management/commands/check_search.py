"""`manage.py check_search`: does the index say what the table says?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import comparison
from search.engines.protocol import EngineUnavailableError


class Command(BaseCommand):
    help = "Vergelijkt de zoekindex met de tabel, noemt de verschillen en eindigt dan met status 1."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = comparison.compare()
        except EngineUnavailableError as error:
            raise CommandError(
                "Er is geen zoekindex van deze database. Maak er een met: manage.py rebuild_search"
            ) from error
        comparison.note(found)
        for difference in found.differences:
            self.stderr.write(str(difference))
        if found.differences:
            raise CommandError(
                f"{len(found.differences)} verschillen op {found.records} onderdelen."
            )
        self.stdout.write(f"Index en tabel zijn gelijk: {found.records} onderdelen.")
