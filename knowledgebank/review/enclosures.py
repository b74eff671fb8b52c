"""Files of a text before the board that somebody may open there: what readers will get with it.

Files that nobody else may read yet are kept by others, who register which of them a judge may open
as long as the round lasts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from knowledgebank.models import ReviewItem
from kpo.files.models import Document
from kpo.people.reader import Reader


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file with its address; `is_early` for one that only those who judge may open now."""

    document: Document
    name: str
    url: str
    is_early: bool = False


# From an item, its text and a reader: the files of the text that this reader may open.
Provider = Callable[[ReviewItem, Any, Reader], Iterable[Enclosure]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    if provider not in _providers:
        _providers.append(provider)


def enclosures_of(item: ReviewItem, text: Any, reader: Reader) -> list[Enclosure]:
    """What this reader may open of the text that the item is about, as it is now."""
    providers = (_with_the_page, *_providers)
    return [one for provider in providers for one in provider(item, text, reader)]


def _with_the_page(item: ReviewItem, text: Any, reader: Reader) -> Iterator[Enclosure]:
    """What the page will show and this reader may read already."""
    rows = list(text.files.all()) if hasattr(text, "files") else []
    keys = [row.document_id for row in rows if row.may_show_on(text)]
    held = set(Document.objects.visible_to(reader).filter(pk__in=keys).values_list("pk", flat=True))
    for row in rows:
        if row.document_id in held:
            yield Enclosure(row.document, row.label or row.document.title, row.document.url)
