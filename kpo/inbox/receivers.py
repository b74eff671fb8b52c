"""What else happens when something can be read no more: inboxes are cleared of it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete
from wagtail.signals import page_unpublished

from kpo.inbox.jobs import forget_about
from kpo.pages.models import ReadablePage
from kpo.pages.signals import audience_changed


def connect() -> None:
    audience_changed.connect(page_narrowed, dispatch_uid="inbox.audience_changed")
    page_unpublished.connect(page_gone, dispatch_uid="inbox.page_unpublished")
    post_delete.connect(page_gone, sender=ReadablePage, dispatch_uid="inbox.page_deleted")


def page_narrowed(page: Any, **kwargs: Any) -> None:
    forget_about.enqueue(item_uuid=str(page.uuid))


def page_gone(instance: Any, **kwargs: Any) -> None:
    # Wagtail's own migrations put pages up that are of no class of ours.
    if isinstance(instance, ReadablePage):
        page_narrowed(instance)
