"""`manage.py search`: what a person would see, on the command line."""

from __future__ import annotations

import io
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from kpo.people.reader import ANONYMOUS, Reader, reader_for
from search import queries
from search.records import Hit, SearchPage, SearchQuery


class Command(BaseCommand):
    help = "Zoekt zoals een bezoeker of een bepaald persoon dat zou doen, tien treffers per keer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="?", help="Waar je naar zoekt.")
        parser.add_argument("--as", dest="email", help="Zoek als de persoon met dit e-mailadres.")
        parser.add_argument("--type", help="Alleen dit soort: theme, document, practice, …")
        parser.add_argument("--page", type=int, default=1, help="Welke bladzijde; de eerste is 1.")
        parser.add_argument("--json", action="store_true", help="Antwoord als JSON.")
        parser.add_argument(
            "--batch",
            metavar="BESTAND",
            help="Eén vraag per regel, als tekst of JSON; - leest stdin.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._readers: dict[str, Reader] = {}
        asked = {name: options[name] for name in ("email", "type", "page")}
        if options["batch"]:
            self._batch(options["batch"], asked)
        elif options["text"] is None:
            raise CommandError("Geef de woorden waarop je wilt zoeken, of --batch met een bestand.")
        else:
            page = self._search(options["text"], **asked)
            self.stdout.write(_as_json(page) if options["json"] else _as_text(page))

    def _batch(self, path: str, asked: dict[str, Any]) -> None:
        lines = sys.stdin if path == "-" else io.StringIO(_read(path))
        for text, given in _questions(lines):
            self.stdout.write(_as_json(self._search(text, **asked | given)))

    def _search(self, text: str, email: str | None, type: str | None, page: int) -> SearchPage:  # noqa: A002  the option's name
        return queries.search(self._reader(email), SearchQuery(text=text, type=type, page=page))

    def _reader(self, email: str | None) -> Reader:
        if not email:
            return ANONYMOUS
        if email not in self._readers:
            person = get_user_model().objects.filter(email__iexact=email).first()
            if person is None:
                raise CommandError(f"Er is geen account met het adres {email}.")
            self._readers[email] = reader_for(person)
        return self._readers[email]


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"Het bestand {path} is niet te lezen.") from error


def _questions(lines: TextIO) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        if text.startswith("{"):
            yield _question_of_json(text, number)
        else:
            yield text, {}


def _question_of_json(text: str, number: int) -> tuple[str, dict[str, Any]]:
    """A line that looks like JSON and is not, is a question like any other."""
    try:
        values = json.loads(text)
    except ValueError:
        return text, {}
    if not isinstance(values.get("text"), str) or not isinstance(values.get("page", 1), int):
        raise CommandError(
            f"Regel {number}: geef ten minste een tekst, en een getal als bladzijde."
        )
    names = {"as": "email", "type": "type", "page": "page"}
    given = {names[name]: values[name] for name in names if values.get(name) is not None}
    return values["text"], given


def _as_json(page: SearchPage) -> str:
    facets = {name: dict(counts) for name, counts in page.facets.items()}
    answer = {
        "total": page.total,
        "hits": [_hit(hit) for hit in page.hits],
        "facets": {"type": dict(page.types)} | facets,
        "notice": page.notice,
    }
    return json.dumps(answer, ensure_ascii=False)


def _hit(hit: Hit) -> dict[str, Any]:
    names = ("key", "type", "title", "url", "file", "page", "anchor", "audience", "score")
    return {name: getattr(hit, name) for name in names}


def _as_text(page: SearchPage) -> str:
    head = f"{page.total} treffers, bladzijde {page.page} van {max(page.pages, 1)}"
    lines = [head if page.notice is None else f"{head} (de zoekmachine is even weg)"]
    if page.corrected:
        lines.append(f"Bedoelde je: {page.corrected}")
    for hit in page.hits:
        place = f", bladzijde {hit.page}" if hit.page else ""
        file = f" [{hit.file}{place}]" if hit.file else ""
        lines.append(f"{hit.score:8.3f}  {hit.type:9}  {hit.title}{file}\n{'':21}{hit.url}")
    return "\n".join(lines)
