"""What the CMS gains: what people ask of search and do not find."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kpo.people.reader import current_reader
from search import cms_views
from search.permissions import can_see_insight


class InsightMenuItem(MenuItem):
    """Shown to who gets the screen behind it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_insight(current_reader(request))


@hooks.register("register_admin_urls")
def insight_urls() -> list[URLPattern]:
    return [
        path("zoekinzicht/", cms_views.overview, name="search_insight"),
        path(
            "zoekinzicht/gemist/<uuid:uuid>/", cms_views.handle_report, name="search_handle_report"
        ),
    ]


@hooks.register("register_reports_menu_item")
def insight_menu_item() -> MenuItem:
    return InsightMenuItem("Zoekinzicht", reverse("search_insight"), icon_name="search", order=80)
