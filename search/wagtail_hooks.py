"""What the CMS gains: what people ask of search and do not find, and why hits stand in an order."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kpo.people.reader import current_reader
from search import cms_views, explanation_views
from search.permissions import can_explain_order, can_see_insight


class InsightMenuItem(MenuItem):
    """Shown to who gets the screen behind it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_insight(current_reader(request))


class OrderMenuItem(MenuItem):
    """Shown to who gets the screen behind it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_explain_order(current_reader(request))


@hooks.register("register_admin_urls")
def search_urls() -> list[URLPattern]:
    return [
        path("zoekvolgorde/", explanation_views.order, name="search_order"),
        path("zoekinzicht/", cms_views.overview, name="search_insight"),
        path(
            "zoekinzicht/gemist/<uuid:uuid>/", cms_views.handle_report, name="search_handle_report"
        ),
    ]


@hooks.register("register_reports_menu_item")
def insight_menu_item() -> MenuItem:
    return InsightMenuItem("Zoekinzicht", reverse("search_insight"), icon_name="search", order=80)


@hooks.register("register_reports_menu_item")
def order_menu_item() -> MenuItem:
    return OrderMenuItem(
        "Waarom deze volgorde", reverse("search_order"), icon_name="list-ol", order=81
    )
