"""Follows and bookmarks belong to one person and are for that person's eyes alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from kpo.pages.models import ReadablePage
    from kpo.people.models import User
    from kpo.people.reader import Reader


class PageMarkQuerySet(models.QuerySet):
    def of(self, person: User) -> Self:
        return self.filter(person=person)

    def on(self, page: ReadablePage) -> Self:
        return self.filter(page_id=page.pk)

    def visible_to(self, reader: Reader) -> Self:
        """The reader's own marks, on pages that the reader may still read."""
        if reader.person is None:
            return self.none()
        return self.filter(
            person=reader.person, page__live=True, page__audience__in=reader.audiences
        )

    def page_ids(self) -> models.QuerySet:
        return self.values_list("page_id", flat=True)
