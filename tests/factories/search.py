"""Search records without the things they stand for: for what needs rows and engines only."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from kpo.people import tokens
from search import generations, rows, upkeep
from search.engines.protocol import IndexLostError
from search.questions import Question, parse
from search.records import Passage, SearchRecord
from search.upkeep import rebuild

_numbers = itertools.count(1)


def record(text: str = "", **fields: Any) -> SearchRecord:
    """A public document with one passage; any field may be given."""
    number = next(_numbers)
    values = {
        "key": f"document:{UUID(int=number)}",
        "type": "document",
        "title": f"Stuk {number}",
        "audience": tokens.PUBLIC,
        "url": f"/documenten/stuk-{number}/",
        "passages": (Passage(text=text),),
    }
    return SearchRecord(**(values | fields))


def stored(*records: SearchRecord) -> list[str]:
    """Write these records as rows; gives their keys."""
    for one in records:
        rows.write(one)
    return [one.key for one in records]


def indexed(*records: SearchRecord) -> list[str]:
    """Write these records as rows and bring an index after them; gives their keys."""
    keys = stored(*records)
    try:
        upkeep.apply_changes()
    except IndexLostError:
        rebuild()
        upkeep.apply_changes()
    return keys


def index_folder() -> Path:
    """Where the embedded index that serves lies on the disk."""
    return Path(settings.DATA_DIR) / "search" / str(generations.state().generation)


def question(text: str, *audiences: str, **fields: Any) -> Question:
    return Question(parse(text), frozenset(audiences or {tokens.PUBLIC}), **fields)
