"""What of a page a review is about, as one fingerprint of its text and of what it shows."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from knowledgebank.models import KnowledgePage
from knowledgebank.review.shown import shown_by

# Where a page stands, who may read it and how it is kept up: none of it is what was judged.
KEPT_OF_PAGE = {"title", "seo_title", "search_description"}
STATE = {
    "pk",
    "page_ptr",
    "readablepage_ptr",
    "knowledgepage_ptr",
    "uuid",
    "audience",
    "working_audience",
    "responsible",
    "reviewed_on",
    "review_due_on",
    "release",
    "offer",
    "obsolete_since",
    "obsolete_reason",
    "wagtail_admin_comments",
} | ({field.name for field in Page._meta.get_fields()} - KEPT_OF_PAGE)
# Of a row under a page: which row it is says nothing about what it says.
ROW_STATE = {"pk", "page", "sort_order"}


def fingerprint(page: KnowledgePage) -> str:
    """Equal for two states of a page exactly when readers are told the same; 64 characters."""
    streams = {field.name for field in page._meta.fields if isinstance(field, StreamField)}
    values = {
        # The database and Wagtail put the parts of a block in an order of their own.
        name: _told(json.loads(value)) if name in streams else _bare(value)
        for name, value in page.serializable_data().items()
        if name not in STATE
    }
    values["shown"] = shown_by(page)
    told = json.dumps(values, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(told.encode()).hexdigest()


def fingerprint_of(revision: Revision) -> str:
    """The fingerprint of what this revision holds now; Wagtail may write over a revision."""
    page: Any = revision.as_object()
    return fingerprint(page)


def _told(value: Any) -> Any:
    """A stream without the ids of its blocks: Wagtail gives what came without one a new one each
    time that it is written, and writes the items of a list in two ways."""
    if isinstance(value, list):
        return [_told(part) for part in value]
    if not isinstance(value, dict):
        return value
    if "value" in value and value.keys() <= {"type", "value", "id"}:
        inner = _told(value["value"])
        return inner if value.get("type") == "item" else [value.get("type"), inner]
    return {name: _told(part) for name, part in value.items()}


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare(row) for row in value]
    if isinstance(value, dict):
        return {name: _bare(part) for name, part in value.items() if name not in ROW_STATE}
    return value
