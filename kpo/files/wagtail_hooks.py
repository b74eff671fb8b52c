"""What the CMS gains: our uploader, screens for what waits, and lists that follow the audience."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import escape
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.rich_text.feature_registry import FeatureRegistry

from kpo.files.permissions import can_see_jobs, can_see_waiting
from kpo.files.views import uploading, waiting
from kpo.people.reader import cms_reader
from kpo.people.roles import Role

# Before Wagtail's own, so that ours answer at the same addresses.
FIRST = -10
LAST = 10


def gone(request: HttpRequest, **_: Any) -> NoReturn:
    """Wagtail's other way in, by which bytes are kept unchecked until a form is complete."""
    raise Http404


@hooks.register("register_admin_urls", order=FIRST)
def file_urls() -> list[URLPattern]:
    return [
        path("documents/multiple/add/", uploading.DocumentUploadView.as_view()),
        path("documents/multiple/create_from_uploaded_document/<int:pk>/", gone),
        path("images/multiple/add/", uploading.ImageUploadView.as_view()),
        path("images/multiple/create_from_uploaded_image/<int:pk>/", gone),
        path("bestanden/wachten/", waiting.waiting_files, name="files_waiting"),
        path("bestanden/<str:sort>/<uuid:uuid>/vrijgeven/", waiting.release, name="files_release"),
        path("bestanden/<int:pk>/opnieuw-lezen/", waiting.read_again, name="files_read_again"),
        path("taken/", waiting.failed_jobs, name="failed_jobs"),
        path("taken/<int:job_id>/opnieuw/", waiting.retry_job, name="retry_job"),
    ]


class RoleMenuItem(MenuItem):
    """Shown to people with one of some roles."""

    roles: tuple[Role, ...] = (Role.EDITOR, Role.ADMINISTRATOR)

    def is_shown(self, request: HttpRequest) -> bool:
        return cms_reader(request.user).has_role(*self.roles)


class JobsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_jobs(cms_reader(request.user))


@hooks.register("register_reports_menu_item")
def waiting_menu_item() -> MenuItem:
    return RoleMenuItem(
        "Bestanden die wachten", reverse("files_waiting"), icon_name="time", order=100
    )


@hooks.register("register_reports_menu_item")
def jobs_menu_item() -> MenuItem:
    return JobsMenuItem("Mislukte taken", reverse("failed_jobs"), icon_name="warning", order=110)


# --- The lists behind the editor's own screens ---------------------------------------------------
def listed(files: Any, request: HttpRequest) -> QuerySet[Any]:
    """What this person may work on; what still waits only for those who manage files."""
    reader = cms_reader(request.user)
    held = files.workable_by(reader)
    return held if can_see_waiting(reader) else held.available()


class WorkableDocuments(DocumentsAdminAPIViewSet):
    """Wagtail's admin API lists every row."""

    def get_queryset(self) -> QuerySet[Any]:
        return listed(super().get_queryset(), self.request)


def _without_address(names: list[str]) -> list[str]:
    return [name for name in names if name != "download_url"]


class WorkableImages(ImagesAdminAPIViewSet):
    # The bytes as they were stored have no address; only sizes that a page asked for do.
    meta_fields = _without_address(ImagesAdminAPIViewSet.meta_fields)
    listing_default_fields = _without_address(ImagesAdminAPIViewSet.listing_default_fields)
    nested_default_fields = _without_address(ImagesAdminAPIViewSet.nested_default_fields)

    def get_queryset(self) -> QuerySet[Any]:
        return listed(super().get_queryset(), self.request)


@hooks.register("construct_admin_api", order=LAST)
def narrow_admin_api(router: Any) -> None:
    router.register_endpoint("documents", WorkableDocuments)
    router.register_endpoint("images", WorkableImages)


# --- Links in texts ------------------------------------------------------------------------------
class NamelessLinkHandler(DocumentLinkHandler):
    """A page can be read by more people than a file that it links to: keep the name out of it."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        return [
            f'<a href="{escape(reverse("files:find", args=[document.uuid]))}">'
            if document
            else "<a>"
            for document in cls.get_many(attrs_list)
        ]


@hooks.register("register_rich_text_features", order=LAST)
def link_without_name(features: FeatureRegistry) -> None:
    features.register_link_type(NamelessLinkHandler)
