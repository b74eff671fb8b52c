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
        above = self.ancestor_of(page).filter(depth__gt=HOME_DEPTH)
        return above.only("title", "url_path").order_by("path")

    def at_path_below(self, page: Page, slugs: list[str]) -> Self:
        """The page at the end of this path of slugs below `page`, drafts included."""
        address = f"{page.url_path}{'/'.join(slugs)}/"
        return self.filter(slug=slugs[-1], depth=page.depth + len(slugs), url_path=address)

    def workable_by(self, reader: Reader) -> Self:
        """Pages, drafts included, that the reader may meet in the CMS, permissions aside."""
        return self.filter(working_audience__in=reader.audiences)
