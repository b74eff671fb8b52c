"""Write everything held about one person to a file."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kpo.audit.log import record
from kpo.audit.origin import coming_from, from_command
from kpo.people.management.person_argument import person_with
from kpo.people.own_data import collect


class Command(BaseCommand):
    help = "Schrijft alle gegevens over een persoon als JSON naar een bestand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, email: str, output: Path, **options: Any) -> None:
        person = person_with(email)
        text = json.dumps(collect(person), ensure_ascii=False, indent=2) + "\n"
        try:
            write_privately(output, text)
        except OSError as error:
            raise CommandError(f"{output} kon niet worden geschreven: {error.strerror}.") from error
        with coming_from(from_command("export_person")):
            record("people.export", actor=None, obj=person)
        self.stdout.write(f"De gegevens staan in {output}. Alleen jij kunt het bestand lezen.")


def write_privately(path: Path, text: str) -> None:
    """All or nothing, and readable by the owner only from the first byte on (mode 0600)."""
    folder = path.resolve().parent
    with NamedTemporaryFile("w", dir=folder, encoding="utf-8", delete=False) as draft:
        try:
            draft.write(text)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).replace(path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
