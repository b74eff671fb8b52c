"""Taking in documents at the console."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from knowledgebank.importing import REFUSALS, Options, Report, Result, find_files, import_files
from knowledgebank.models import ThemePage
from knowledgebank.vocabulary import DocumentKind
from kpo.audit.origin import coming_from, from_command
from kpo.casedata.guard import mask
from kpo.one_at_a_time import one_at_a_time
from kpo.people import tokens
from kpo.people.models import User

# What a shell calls a program that Ctrl-C ended.
INTERRUPTED = 130


class Command(BaseCommand):
    help = "Neemt bestanden en mappen op als kennisdocumenten."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="Bestand of map.")
        parser.add_argument(
            "--kind",
            choices=DocumentKind.values,
            help="Soort document. Zonder deze keuze beslist de titel.",
        )
        parser.add_argument(
            "--theme",
            action="append",
            default=[],
            metavar="SLUG",
            help="Thema, zoals het in het webadres staat. Mag vaker.",
        )
        parser.add_argument(
            "--audience",
            default=tokens.ACCOUNTS,
            help="Wie het mag lezen: public, accounts, public-sector of circle:<id>.",
        )
        parser.add_argument("--publish", action="store_true", help="Publiceer meteen.")
        parser.add_argument("--owner", metavar="EMAIL", help="Wie de documenten bijhoudt.")

    def handle(self, *_args: Any, **given: Any) -> None:
        options = Options(
            audience=_audience(given["audience"], publish=given["publish"]),
            kind=DocumentKind(given["kind"]) if given["kind"] else None,
            themes=_themes(given["theme"]),
            publish=given["publish"],
            owner=_owner(given["owner"]),
        )
        files = list(find_files(given["paths"]))
        results: Counter[Result] = Counter()
        try:
            for report in self._reports(files, options):
                results[report.result] += 1
        except KeyboardInterrupt:
            self.stdout.write(_summary(len(files), results))
            self.stderr.write("Gestopt. Geef de opdracht nog eens om verder te gaan.")
            sys.exit(INTERRUPTED)
        self.stdout.write(_summary(len(files), results))
        if any(results[each] for each in REFUSALS):
            sys.exit(1)

    def _reports(self, files: list[Path], options: Options) -> Iterator[Report]:
        """Import, and say of each file what became of it as soon as that is known."""
        with (
            one_at_a_time("import_documents"),
            coming_from(from_command("import_documents")),
            tqdm(total=len(files), unit=" bestand", file=sys.stderr) as bar,
        ):
            for report in import_files(files, options):
                self.stdout.write(_line(report))
                # In a log file too, a run that is cut off has said what it did.
                self.stdout.flush()
                bar.update()
                yield report


def _audience(token: str, *, publish: bool) -> str:
    if not tokens.is_token(token) or tokens.label(token) == tokens.UNKNOWN_LABEL:
        raise CommandError(f"Onbekend publiek: {token}.")
    if publish and token == tokens.NOBODY:
        raise CommandError("Wat niemand mag lezen, kan niet worden gepubliceerd.")
    return token


def _themes(slugs: list[str]) -> list[ThemePage]:
    themes = {theme.slug: theme for theme in ThemePage.objects.filter(slug__in=slugs)}
    missing = [slug for slug in slugs if slug not in themes]
    if missing:
        raise CommandError(f"Onbekend thema: {', '.join(missing)}.")
    return [themes[slug] for slug in dict.fromkeys(slugs)]


def _owner(email: str | None) -> User | None:
    if email is None:
        return None
    owner = User.objects.filter(email__iexact=email, is_active=True).first()
    if owner is None:
        raise CommandError(f"Er is geen actief account met het adres {email}.")
    return owner


def _line(report: Report) -> str:
    name = mask(report.path.name.replace("_", " "))
    said = ": ".join(part for part in (report.title, report.reason) if part)
    return f"{report.result:<13} {name}" + (f" ({said})" if said else "")


def _summary(total: int, results: Counter[Result]) -> str:
    counts = ", ".join(f"{results[result]} {result}" for result in Result if results[result])
    return f"{total} bestanden: {counts or 'niets te doen'}."
