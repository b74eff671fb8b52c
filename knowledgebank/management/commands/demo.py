"""Fill an empty site with example content and people. Refuses in production."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from knowledgebank.demo import accounts
from knowledgebank.demo.content import load
from knowledgebank.demo.planting import finish, plant
from kpo.audit.origin import coming_from, from_command
from kpo.one_at_a_time import one_at_a_time

REFUSAL = (
    "De demo is er niet voor productie: de wachtwoorden zijn bekend en de inhoud is verzonnen. "
    "Gebruik import_documents voor eigen documenten."
)


class Command(BaseCommand):
    help = "Vult KPO met voorbeelden: thema's, documenten, mensen. Wat er al staat, blijft staan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json",
            action="store_true",
            help="Toon de accounts als JSON: e-mailadres, wachtwoord, rol, naam en organisatie.",
        )

    def handle(self, *args: Any, json: bool, **options: Any) -> None:
        if settings.ENVIRONMENT == "production":
            raise CommandError(REFUSAL)
        with one_at_a_time("demo"), coming_from(from_command("demo")):
            made = plant()
            if made:
                finish()
        people = accounts.listed(load())
        self.stdout.write(as_json(people) if json else as_text(made, people))


def as_json(people: list[dict[str, Any]]) -> str:
    return json.dumps({"people": people}, ensure_ascii=False, indent=2)


def as_text(made: int, people: list[dict[str, Any]]) -> str:
    first = f"De demo staat klaar: {made} pagina's gemaakt." if made else "De demo stond er al."
    lines = [f"  {person['email']:<38} {person['role']}" for person in people]
    return "\n".join(
        [
            first,
            f"Iedereen heeft het wachtwoord {accounts.PASSWORD}.",
            *lines,
            "Een code voor de tweede stap: manage.py demo_code E-MAILADRES",
        ]
    )
