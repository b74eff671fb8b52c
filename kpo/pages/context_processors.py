"""What stands around every page: menu, footer links and announcements this reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from kpo.pages.models import Announcement, MenuLink
from kpo.people.reader import current_reader


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_current: bool


def site_furniture(request: HttpRequest) -> dict[str, Any]:
    """`menu` and `footer_links`: lists of Link. `announcements`: those of this moment."""
    if request.path.startswith("/cms/"):
        return {}
    reader = current_reader(request)
    links = list(
        MenuLink.objects.filter(page__live=True, page__audience__in=reader.audiences)
        .select_related("page")
        .only("place", "label", "page__title", "page__url_path")
        .order_by("sort_order")
    )
    return {
        "reader": reader,
        "menu": [_link(link, request) for link in links if link.place == MenuLink.Place.HEADER],
        "footer_links": [
            _link(link, request) for link in links if link.place == MenuLink.Place.FOOTER
        ],
        "announcements": list(Announcement.objects.visible_to(reader).current()),
    }


def _link(link: MenuLink, request: HttpRequest) -> Link:
    url = link.page.url or "/"
    return Link(link.label or link.page.title, url, url != "/" and request.path.startswith(url))
