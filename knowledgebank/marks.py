"""Whether a reader follows and keeps a page: what the buttons at its head show."""

from __future__ import annotations

from django.db import models

from kpo.inbox.models import Bookmark, Follow
from kpo.pages.models import ReadablePage
from kpo.people.reader import Reader


def marks_on(page: ReadablePage, reader: Reader) -> dict[str, bool]:
    """`is_followed` and `is_bookmarked`, in one query; both False for a stranger."""
    if reader.person is None:
        return {"is_followed": False, "is_bookmarked": False}
    follows = Follow.objects.of(reader.person).on(page).values_list(models.Value("follow"))
    kept = Bookmark.objects.of(reader.person).on(page).values_list(models.Value("bookmark"))
    found = {name for (name,) in follows.union(kept)}
    return {"is_followed": "follow" in found, "is_bookmarked": "bookmark" in found}
