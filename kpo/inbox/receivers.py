"""What else happens when something can be read no more: inboxes and follows are cleared of it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_unpublished

from kpo.inbox.jobs import forget_about
from kpo.inbox.models import Follow
from kpo.pages.models import ReadablePage
from kpo.pages.signals import audience_changed
from kpo.people.models import User

DIRECTORY = {"in_directory", "is_active"}


def connect() -> None:
    audience_changed.connect(page_narrowed, dispatch_uid="inbox.audience_changed")
    page_unpublished.connect(page_gone, dispatch_uid="inbox.page_unpublished")
    post_delete.connect(page_gone, sender=ReadablePage, dispatch_uid="inbox.page_deleted")
    post_save.connect(person_saved, sender=User, dispatch_uid="inbox.person_saved")


def person_saved(
    instance: User, *, created: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    """Who leaves the directory is followed no more, also not after coming back."""
    is_listed = instance.in_directory and instance.is_active
    is_touched = update_fields is None or DIRECTORY & set(update_fields)
    if is_touched and not is_listed and not created:
        Follow.objects.filter(subject=instance).delete()


def page_narrowed(page: Any, **kwargs: Any) -> None:
    forget_about.enqueue(item_uuid=str(page.uuid))


def page_gone(instance: Any, **kwargs: Any) -> None:
    # Wagtail's own migrations put pages up that are of no class of ours.
    if isinstance(instance, ReadablePage):
        page_narrowed(instance)
