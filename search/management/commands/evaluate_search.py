"""`manage.py evaluate_search`: how well search finds, on a judged set."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import evaluation, stores, synonyms
from search.engines.protocol import EngineUnavailableError


class Command(BaseCommand):
    help = "Meet hoe goed zoeken vindt, op documenten en vragen met beoordeelde antwoorden."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--documents", required=True, type=Path, help="JSON per regel.")
        parser.add_argument("--queries", required=True, type=Path, help="JSON per regel.")
        parser.add_argument(
            "--engine", choices=stores.NAMES, help="Zonder deze keuze: die van de site."
        )
        parser.add_argument(
            "--typos", type=int, metavar="GETAL", help="Een tikfout per vraag, vast bij dit getal."
        )
        parser.add_argument("--json", action="store_true", help="Antwoord als JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            documents = evaluation.read_documents(_lines(options["documents"]))
            queries = list(evaluation.read_queries(_lines(options["queries"])))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"De bestanden zijn niet te lezen: {error}") from error
        if options["typos"] is not None:
            queries = evaluation.with_typos(queries, options["typos"])
        engine = options["engine"] or stores.store().name
        try:
            result = evaluation.evaluate(documents, queries, engine, synonyms.current())
        except EngineUnavailableError as error:
            raise CommandError(f"De zoekmachine antwoordt niet: {error}") from error
        figures = result.figures()
        if options["json"]:
            self.stdout.write(json.dumps(figures))
        else:
            self.stdout.write("\n".join(f"{name:10} {value}" for name, value in figures.items()))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").split("\n") if line.strip()]
