"""Make the pages and the words that every installation has."""

from typing import Any

from django.core.management.base import BaseCommand

from knowledgebank.site import ensure_site
from search.starters import starters
from search.synonym_actions import load_synonyms


class Command(BaseCommand):
    help = "Maakt de vaste pagina's, het menu en de lijst van synoniemen, voor zover die ontbreken."

    def handle(self, *args: Any, **options: Any) -> None:
        home = ensure_site()
        load_synonyms(starters())
        if options["verbosity"] == 0:
            return
        self.stdout.write(f"De site staat: {home.get_descendants().count()} pagina's.")
