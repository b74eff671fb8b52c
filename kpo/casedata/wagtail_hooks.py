"""What the CMS gains: the queue of what is held, and the administrators' own patterns."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from kpo.casedata import views
from kpo.casedata.forms import PatternForm
from kpo.casedata.models import Pattern
from kpo.casedata.permissions import can_see_queue
from kpo.people.reader import current_reader


@hooks.register("register_admin_urls")
def queue_urls() -> list[URLPattern]:
    return [
        path("zaakgegevens/", views.queue, name="casedata_queue"),
        path("zaakgegevens/<int:pk>/", views.decide, name="casedata_decide"),
    ]


class QueueMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_queue(current_reader(request))


@hooks.register("register_reports_menu_item")
def queue_menu_item() -> MenuItem:
    return QueueMenuItem("Zaakgegevens", reverse("casedata_queue"), icon_name="warning", order=90)


class PatternViewSet(ModelViewSet):
    """Screens for the patterns; who may use them stands in the table of roles."""

    model = Pattern
    icon = "regex"
    name = "casedata_patterns"
    url_prefix = "zaakgegevens/patronen"
    menu_label = "Patronen voor zaakgegevens"
    add_to_settings_menu = True
    list_display = ("name", "severity", "is_active")
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[PatternForm]:
        return PatternForm


@hooks.register("register_admin_viewset")
def pattern_screens() -> PatternViewSet:
    return PatternViewSet()
