"""Text files as sections; Markdown brings its own headings, captions lose their times."""

import re
from collections.abc import Iterator
from pathlib import Path

from kpo.files.cleaning.plain_text import decode
from kpo.files.extraction.sections import Line, Section, sections_of

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_TIMES = re.compile(r"^\s*(\d+|(\d+:)?\d\d:\d\d\.\d+\s+-->.*|WEBVTT.*)\s*$")


def extract(source: Path, target: Path | None = None, *, extension: str) -> list[Section]:
    """Sections; a text file has no picture, `target` stays away."""
    del target
    lines = decode(source.read_bytes()).splitlines()
    return sections_of(_READERS.get(extension, _plain)(lines))


def _plain(lines: list[str]) -> Iterator[Line]:
    for line in lines:
        yield {"level": 0, "text": line}


def _markdown(lines: list[str]) -> Iterator[Line]:
    for line in lines:
        heading = _HEADING.match(line)
        if heading:
            yield {"level": len(heading[1]), "text": heading[2]}
        else:
            yield {"level": 0, "text": line}


def _captions(lines: list[str]) -> Iterator[Line]:
    yield from _plain([line for line in lines if not _TIMES.match(line)])


_READERS = {"md": _markdown, "vtt": _captions}
