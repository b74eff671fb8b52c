"""Reads the demo content: YAML for what has structure, Markdown with a YAML head for texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledgebank.citations import normalize_identifier
from knowledgebank.demo.markdown import Block, parse

FOLDER = Path(__file__).parent / "content"
# The parser in C reads the themes in a tenth of the time; not every build of PyYAML has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEAD_MARK = "---\n"


@dataclass(frozen=True)
class Citation:
    """A law article or ruling: its normalized identifier, and what people call it."""

    identifier: str
    label: str


@dataclass(frozen=True)
class Written:
    """A text in Markdown with the facts from its head; `slug` is the name of its file."""

    slug: str
    head: dict[str, Any]
    text: str

    @property
    def title(self) -> str:
        return self.head["title"]

    @property
    def summary(self) -> str:
        return self.head.get("summary", "")

    @property
    def audience(self) -> str:
        """A token, or `circle:<key>` with a key of `site.yaml`."""
        return self.head["audience"]

    @property
    def dated_on(self) -> date | None:
        return self.head.get("date")

    @property
    def blocks(self) -> list[Block]:
        return parse(self.text)

    @property
    def citations(self) -> list[Citation]:
        return [cited(text) for text in self.head.get("cites", [])]


@dataclass(frozen=True)
class Content:
    """Everything `manage.py demo` plants. Dictionaries have the keys that the YAML files show."""

    organisations: dict[str, dict[str, Any]]
    people: list[dict[str, Any]]
    circles: dict[str, dict[str, Any]]
    announcements: list[dict[str, Any]]
    themes: dict[str, dict[str, Any]]
    documents: list[Written]
    # Appendices and earlier versions, of the document that `document` in their head names.
    attachments: list[Written]
    practices: list[Written]
    pages: list[Written]
    news: list[Written]
    terms: list[dict[str, Any]]
    # What lies before the editorial board, and what it decided.
    reviews: list[dict[str, Any]]
    events: list[dict[str, Any]]
    regions: list[dict[str, Any]]
    # What people offered from their practice.
    offers: list[dict[str, Any]]
    # What readers doubted and read, what changed in the law, and what is due.
    upkeep: dict[str, Any]
    barriers: dict[str, dict[str, Any]] = field(default_factory=dict)


@cache
def load() -> Content:
    """Read all of it, a tenth of a second."""
    site = _yaml("site.yaml")
    themes = {path.stem: _yaml(path) for path in _files("themes", "yaml")}
    return Content(
        organisations=_yaml("organisations.yaml"),
        people=_yaml("people.yaml"),
        circles=site["circles"],
        announcements=site["announcements"],
        themes=themes,
        documents=_written("documents"),
        attachments=_written("attachments"),
        practices=_written("practices"),
        pages=_written("pages"),
        news=_written("news"),
        terms=_yaml("glossary.yaml"),
        reviews=_yaml("reviews.yaml"),
        events=_yaml("agenda.yaml"),
        regions=_yaml("regions.yaml"),
        offers=_yaml("offers.yaml"),
        upkeep=_yaml("upkeep.yaml"),
        barriers=barriers_of(themes),
    )


def barriers_of(themes: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Barriers by key: described once, with the audiences of all themes that use them.

    A theme refers to another's barrier by its key alone.
    """
    found: dict[str, dict[str, Any]] = {}
    for theme in themes.values():
        for row in barrier_rows(theme):
            barrier = found.setdefault(row["key"], {"audiences": set()})
            barrier["audiences"].add(theme["audience"])
            barrier.update({key: row[key] for key in ("title", "text", "partners") if key in row})
    return found


def barrier_rows(theme: dict[str, Any]) -> list[dict[str, Any]]:
    stages = theme.get("barrier_model", {}).get("stages", [])
    return [row for stage in stages for row in stage["barriers"]]


def cited(text: str) -> Citation:
    """`BWBR0001941 art. 13b` → its identifier and "Artikel 13b Opiumwet"."""
    identifier = normalize_identifier(text)
    number, _, article = identifier.partition("#")
    name = _laws()[number]
    return Citation(identifier, f"Artikel {article} {name}" if article else name)


@cache
def _laws() -> dict[str, str]:
    return _yaml("laws.yaml")


def video_file(slug: str, extension: str) -> Path:
    """A video (`webm`) or its captions (`vtt`); each was drawn on a canvas from those captions."""
    return FOLDER / "videos" / f"{slug}.{extension}"


def _files(folder: str, extension: str) -> list[Path]:
    return sorted((FOLDER / folder).glob(f"*.{extension}"))


def _written(folder: str) -> list[Written]:
    return [_read(path) for path in _files(folder, "md")]


def _read(path: Path) -> Written:
    _, head, text = path.read_text(encoding="utf-8").split(_HEAD_MARK, 2)
    return Written(path.stem, _parsed(head), text)


def _yaml(path: str | Path) -> Any:
    return _parsed((FOLDER / path).read_text(encoding="utf-8"))


def _parsed(text: str) -> Any:
    return yaml.load(text, Loader=_LOADER)  # noqa: S506  both loaders above are the safe ones
