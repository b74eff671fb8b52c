"""Which pages exist for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from wagtail.models import Page

    from kpo.people.reader import Reader


# The root and the home page: what the crumbs call "Start".
HOME_DEPTH = 2


class ReadablePageQuerySet(PageQuerySet):
    """Mixed lists, menus and the sitemap start here, never at `Page.objects`."""

    def visible_to(self, reader: Reader) -> Self:
        """Published pages whose audience the reader holds."""
        return self.filter(live=True, audience__in=reader.audiences)

    def between_home_and(self, page: Page) -> Self:
        """The pages above `page`, from below the home page downwards."""
        return self.ancestor_of(page).filter(depth__gt=HOME_DEPTH).order_by("path")

    def workable_by(self, reader: Reader) -> Self:
        """Pages, drafts included, that the reader may meet in the CMS, permissions aside."""
        return self.filter(working_audience__in=reader.audiences)
