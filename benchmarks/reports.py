"""The reports of the judged set as the site reads them: text per page, rows, one record each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kpo.files.extraction import office, pdf
from kpo.people import tokens
from search.models import Row
from search.records import Passage, SearchRecord
from search.rows import rows_of

JUDGED = Path(__file__).parent / "judged"
# Beside the checkout, where they are at hand; they are not ours to spread.
SHARED = Path(__file__).parents[2] / "shared"
CORPUS = SHARED / "corpus"
HAYSTACK = SHARED / "relevance" / "documents.jsonl"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what answers it: per file the pages, counted as parts that are read."""

    text: str
    kind: str
    half: str
    right: dict[str, frozenset[int]]


def questions() -> list[Asked]:
    lines = (JUDGED / "reports.jsonl").read_text("utf-8").splitlines()
    return [_asked(json.loads(line)) for line in lines]


def _asked(values: dict[str, Any]) -> Asked:
    right = {hit["file"]: frozenset(hit["pages"]) for hit in values["right"]}
    return Asked(values["text"], values["kind"], values["half"], right)


def reports() -> list[list[Row]]:
    """The rows of each report; its key is its file name."""
    return [_rows(path) for path in sorted(CORPUS.iterdir())]


def _rows(path: Path) -> list[Row]:
    is_pdf = path.suffix == ".pdf"
    read = pdf.extract(path) if is_pdf else office.extract(path, extension=path.suffix[1:])
    return rows_of(
        SearchRecord(
            key=path.name,
            type="document",
            title=_title(read[0]["text"], path),
            audience=tokens.PUBLIC,
            url="",
            passages=tuple(
                Passage(text=part["text"], page=number, file=path.name, heading=part["heading"])
                for number, part in enumerate(read, start=1)
            ),
            version=1,
        )
    )


def _title(text: str, path: Path) -> str:
    """As an import does it: the first line, else the name of the file."""
    return " ".join(text.splitlines()[:1]) or path.stem
