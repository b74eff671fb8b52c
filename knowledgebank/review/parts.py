"""The blocks of a page, as the board picks one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.fields import StreamField

from knowledgebank.models import KnowledgePage
from knowledgebank.passages import text_of

EXCERPT = 200
# Of why one is taken out: it has to fit in a line of the list of changes.
LONGEST_REASON = 160
# What a block is known by, of all that it says.
SPOKEN = ("title", "text", "how", "caption")


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a page as the board picks it: its id, what kind it is, how it begins."""

    key: str
    label: str
    excerpt: str


def parts_of(page: KnowledgePage) -> list[Part]:
    """Every block of the page, in the order of its fields."""
    return [
        Part(str(block.id), str(block.block.label), " ".join(_words(block.value))[:EXCERPT])
        for _, stream in streams_of(page)
        for block in stream
    ]


def streams_of(page: Any) -> Iterator[tuple[str, Any]]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield field.name, getattr(page, field.name)


def _words(value: Any) -> Iterator[str]:
    """The text of a block; what it points at, such as a file, has readers of its own."""
    if isinstance(value, str):
        yield value
    elif hasattr(value, "source"):
        yield text_of(value.source)
    elif isinstance(value, dict):
        yield from (word for name in SPOKEN if name in value for word in _words(value[name]))
    elif hasattr(value, "bound_blocks"):
        yield from (word for child in value.bound_blocks for word in _words(child.value))
