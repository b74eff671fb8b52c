"""Forget one person."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from kpo.audit.origin import coming_from, from_command
from kpo.people.actions.erasure import erase_person
from kpo.people.models import User


class Command(BaseCommand):
    help = "Wist een persoon: wat van die persoon is verdwijnt, wat er anoniem naar wijst blijft."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--reason", required=True, metavar="TEXT")

    def handle(self, *args: Any, email: str, reason: str, **options: Any) -> None:
        person = User.objects.filter(email=email.strip().lower()).first()
        if person is None:
            # Also what a second run finds, so that a repeat does no harm and ends well.
            self.stdout.write(f"Er is geen account met het adres {email}. Er is niets gewist.")
            return
        with coming_from(from_command("erase_person")):
            try:
                done = erase_person(actor=None, person=person, reason=reason)
            except ValidationError as error:
                raise CommandError(error.messages[0]) from error
        rows = sum(done.values())
        self.stdout.write(f"De persoon is gewist. Regels verwijderd of leeggemaakt: {rows}.")
