"""Which knowledge exists for whom, and which of it lists show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from kpo.pages.querysets import ReadablePageQuerySet

if TYPE_CHECKING:
    from knowledgebank.models import ThemePage


# A page class lies four tables deep: fetching all of it costs more than the list it is for.
LISTED = ("title", "url_path", "audience", "summary", "reviewed_on", "review_due_on")


class KnowledgePageQuerySet(ReadablePageQuerySet):
    def current(self) -> Self:
        """Without what is obsolete: that stays reachable by link and leaves the lists."""
        return self.filter(obsolete_since__isnull=True)

    def obsolete(self) -> Self:
        return self.filter(obsolete_since__isnull=False)

    def about(self, theme: ThemePage) -> Self:
        """What names `theme` as one of its themes."""
        return self.filter(Q(themes=theme))

    def as_listed(self, *more: str) -> Self:
        """With the columns that any list shows, and `more` of the class at hand."""
        return self.only(*LISTED, *more)

    def newest_first(self) -> Self:
        return self.order_by("-last_published_at", "-pk")
