"""Make the pages that every installation has."""

from typing import Any

from django.core.management.base import BaseCommand

from knowledgebank.site import ensure_site


class Command(BaseCommand):
    help = "Maakt de startpagina, de overzichten en het menu, voor zover die er nog niet zijn."

    def handle(self, *args: Any, **options: Any) -> None:
        home = ensure_site()
        if options["verbosity"] == 0:
            return
        self.stdout.write(f"De site staat: {home.get_descendants().count()} pagina's.")
