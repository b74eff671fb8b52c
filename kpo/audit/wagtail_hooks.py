"""The log in the CMS, for who holds the right to read it."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kpo.audit import views


class LogMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        allowed: bool = request.user.has_perm("audit.view_entry")
        return allowed


@hooks.register("register_admin_urls")
def log_urls() -> list[URLPattern]:
    return [
        path("logboek/", views.index, name="audit_log"),
        path("logboek/csv/", views.export, name="audit_export"),
    ]


@hooks.register("register_admin_menu_item")
def log_menu_item() -> MenuItem:
    return LogMenuItem("Logboek", reverse("audit_log"), icon_name="list-ul", order=800)
