"""What a page shows that is kept elsewhere and changes there: files, pictures, barriers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page, ReferenceIndex

from knowledgebank.models import Barrier, KnowledgePage
from kpo.files.models import Document, Image

# Of each kind the columns that readers notice; of a file its bytes.
TOLD: dict[type[models.Model], tuple[str, ...]] = {
    Barrier: ("title", "text", "partners"),
    Document: ("content_hash",),
    Image: ("content_hash",),
}


def shown_by(page: KnowledgePage) -> list[Any]:
    """What the page shows of them now, in an order that does not depend on when they were made."""
    found = set(_references_of(page))
    told: list[Any] = []
    for model, columns in TOLD.items():
        kind = ContentType.objects.get_for_model(model).pk
        keys = {key for to_kind, key, _, _ in found if to_kind == kind}
        if keys:
            rows: Any = models.QuerySet(model).filter(pk__in=keys).values_list(*columns)
            told += [[model._meta.model_name, *row] for row in rows]
    return sorted(told, key=str)


def _references_of(page: KnowledgePage) -> Iterator[Any]:
    """What the page refers to in every field, block and link, as Wagtail finds it."""
    try:
        # Only the reading of a page that is not saved has no public name.
        yield from ReferenceIndex._extract_references_from_object(page)  # noqa: SLF001  see above
    except KeyError:
        # A link that names no target: Wagtail reads no further, and shows it as words.
        return


def pages_showing(thing: models.Model) -> list[Any]:
    """The pages that stand and show this file, picture or barrier."""
    pages = ReferenceIndex.get_references_to(thing).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = {int(key) for key in pages.values_list("object_id", flat=True)}
    return list(KnowledgePage.objects.filter(pk__in=keys, live=True).specific())
