"""Apply the table of roles."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from kpo.audit.log import record
from kpo.audit.origin import coming_from, from_command
from kpo.people.permission_sheet import as_markdown, sync_roles

SHEET = Path("docs") / "permissions.md"


class Command(BaseCommand):
    help = "Past de rollentabel toe op de groepen, of schrijft hem uit als documentatie."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--doc", action="store_true", help="Schrijf docs/permissions.md en doe verder niets."
        )

    def handle(self, *args: Any, doc: bool, **options: Any) -> None:
        if doc:
            (settings.BASE_DIR / SHEET).write_text(as_markdown(), encoding="utf-8")
            self.stdout.write(f"{SHEET} is geschreven.")
            return
        with coming_from(from_command("sync_roles")):
            sync_roles()
            record("people.sync_roles", actor=None)
        self.stdout.write("De rollen zijn bijgewerkt.")
