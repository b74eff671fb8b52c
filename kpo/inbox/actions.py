"""Verbs: follow and keep a page, and undo that. Doing one twice is doing it once."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from kpo.inbox.models import Bookmark, Follow
from kpo.pages.models import ReadablePage
from kpo.people.models import User
from kpo.people.reader import reader_for


def follow(*, actor: User, page: ReadablePage) -> None:
    """Raises PermissionDenied where the actor may not read the page."""
    _check_readable(actor, page)
    Follow.objects.bulk_create([Follow(person=actor, page_id=page.pk)], ignore_conflicts=True)


def unfollow(*, actor: User, page: ReadablePage) -> None:
    Follow.objects.of(actor).on(page).delete()


def keep(*, actor: User, page: ReadablePage) -> None:
    """Raises PermissionDenied where the actor may not read the page."""
    _check_readable(actor, page)
    Bookmark.objects.bulk_create([Bookmark(person=actor, page_id=page.pk)], ignore_conflicts=True)


def discard(*, actor: User, page: ReadablePage) -> None:
    Bookmark.objects.of(actor).on(page).delete()


def _check_readable(actor: User, page: ReadablePage) -> None:
    if not ReadablePage.objects.visible_to(reader_for(actor)).filter(pk=page.pk).exists():
        raise PermissionDenied
