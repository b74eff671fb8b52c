"""`manage.py load_model`: fill an empty site as a platform of a known size. Never in production."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kpo.audit.origin import coming_from, from_command
from kpo.load_model import SHARES, Load, make
from kpo.people.load_parts import DOMAIN
from kpo.people.models import User

IN_PRODUCTION = "Dit is er niet voor productie: de inhoud is verzonnen. Meet op een eigen omgeving."
ALREADY = "Er staat al een model in deze database. Neem een andere KPO_DATA om opnieuw te beginnen."


class Command(BaseCommand):
    help = "Vult een lege site met verzonnen accounts en stukken, om snelheid te meten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--scale", choices=SHARES, default="S", help="S is 1%, M 10% en L het hele platform."
        )
        parser.add_argument(
            "--seed", type=int, default=1, help="Hetzelfde getal geeft dezelfde inhoud."
        )

    def handle(self, *args: Any, scale: str, seed: int, **options: Any) -> None:
        if settings.ENVIRONMENT == "production":
            raise CommandError(IN_PRODUCTION)
        if User.objects.filter(email__endswith=f"@{DOMAIN}").exists():
            raise CommandError(ALREADY)
        with coming_from(from_command("load_model")):
            for line in make(Load.of(scale, seed)):
                self.stdout.write(line)
        self.stdout.write("Klaar. De werker maakt alles vindbaar; rebuild_search doet dat nu.")
