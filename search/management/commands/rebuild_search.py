"""`manage.py rebuild_search`: a new index beside the old one, then switch."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import generations, indexing
from search.jobs import rebuild_index, wait_for
from search.models import Row


class Command(BaseCommand):
    help = "Maakt de zoekindex opnieuw, naast de oude; zoeken gaat gewoon door."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--records", action="store_true", help="Lees ook alle pagina's en mensen opnieuw."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["records"]:
            self.stdout.write(f"{indexing.refresh_everything()} onderdelen opnieuw gelezen.")
        before = generations.state().generation
        wait_for(rebuild_index.enqueue())
        known = generations.state()
        if known.generation == before:
            raise CommandError("De index is niet gemaakt. De reden staat bij de mislukte taken.")
        self.stdout.write(
            f"De nieuwe index is in gebruik: {Row.objects.records().count()} onderdelen."
        )
