"""`manage.py check_search`: does the index say what the table says?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import comparison
from search.comparison import Difference
from search.engines.protocol import EngineUnavailableError, IndexLostError
from search.jobs import repair_index, wait_for


class Command(BaseCommand):
    help = "Vergelijkt de zoekindex met de tabel, noemt de verschillen en eindigt dan met status 1."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--repair",
            action="store_true",
            help="Schrijf opnieuw wat verschilt, wacht daarop en vergelijk dan nog eens.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["repair"] and not self._is_good():
                wait_for(repair_index.enqueue())
            found = comparison.compare_twice()
        except IndexLostError as error:
            raise CommandError(
                "Er is geen zoekindex van deze database. Maak er een met: manage.py rebuild_search"
            ) from error
        except EngineUnavailableError as error:
            raise CommandError(
                "De zoekmachine antwoordt niet. Wat verandert wordt bewaard tot zij terug is."
            ) from error
        comparison.note(found)
        self._name(found.differences)
        if found.differences:
            raise CommandError(
                f"{len(found.differences)} verschillen op {found.records} onderdelen."
            )
        self.stdout.write(f"Index en tabel zijn gelijk: {found.records} onderdelen.")

    def _is_good(self) -> bool:
        try:
            found = comparison.compare_twice()
        except IndexLostError:
            self.stdout.write("Er is geen zoekindex van deze database. Die wordt nu gemaakt.")
            return False
        self._name(found.differences)
        if found.differences:
            self.stdout.write(f"{len(found.differences)} verschillen worden hersteld.")
        return not found.differences

    def _name(self, differences: tuple[Difference, ...]) -> None:
        for difference in differences:
            self.stderr.write(str(difference))
