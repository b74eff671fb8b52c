"""What outside search engines may know: the public pages and nothing else."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from kpo.pages.models import ReadablePage
from kpo.people.reader import ANONYMOUS


class PublicPages(Sitemap):
    """Dates, counts and order come from the public pages alone."""

    def items(self) -> QuerySet[ReadablePage]:
        return ReadablePage.objects.visible_to(ANONYMOUS).order_by("path")

    def location(self, item: ReadablePage) -> str:
        return item.url or "/"

    def lastmod(self, item: ReadablePage) -> datetime | None:
        return item.last_published_at
