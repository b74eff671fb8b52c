"""Brings a data folder up to date: tables, cache table, roles and, where nobody is yet, a demo."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    help = "Maakt de database klaar: tabellen, rollen en (als er nog niemand is) de demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="Sla de demo over.")

    def handle(self, *args: Any, no_demo: bool, **options: Any) -> None:
        if has_unapplied_migrations():
            self.stdout.write("• Tabellen en rollen bijwerken")
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        # An app of an upper floor gives this command; it applies the roles too.
        call_command("create_site", verbosity=0)
        if not no_demo and not get_user_model().objects.exists():
            self.stdout.write("• Demo-inhoud maken (alleen de eerste keer)")
            call_command("demo")


def has_unapplied_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
