"""The gate before the CMS: a screen about something the user does not hold does not exist.

Wagtail's screens ask for page permissions, some only after they have shown a title, and a few
reports ask nothing at all. So the audience is checked here, before any of them runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import ResolverMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import policy_registry

from kpo.pages.models import ReadablePage
from kpo.pages.snippets import held_audiences
from kpo.people.reader import cms_reader
from kpo.people.roles import CMS
from kpo.people.second_login_urls import DOORS

CMS_PATH = "/cms/"
PAGE_PARAMETERS = (
    "page_id",
    "parent_page_id",
    "page_pk",
    "page_to_move_id",
    "destination_id",
)
# Screens that say something about pages of every audience, or that raise on purpose.
NOT_OFFERED = {
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
    "wagtailadmin_error_test",
}
SNIPPETS = "wagtailsnippets_"
BULK = "wagtail_bulk_action"
NUMBER = re.compile(r"[0-9]{1,9}")
# One of these on any row: whoever has none is shown a list of what may not be done.
KEEPING = ("add", "change", "delete")


class CmsGateMiddleware:
    """Raises Http404 for who has no work in the CMS, and for what is closed or not offered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> None:
        match = request.resolver_match
        if match is None or not request.path.startswith(CMS_PATH) or request.user.is_anonymous:
            return
        if view not in DOORS and not request.user.has_perm(CMS):
            # Wagtail would send them to sign in, and signing in sends who is signed in back here.
            raise Http404
        if match.view_name in NOT_OFFERED:
            raise Http404
        check_pages(request, kwargs)
        check_snippet(request, match)
        check_bulk(request, match)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Say a refusal in its sentence, where Wagtail's screen would end in an error page.

        Its forms ask beforehand; actions on many pages and a copy that is published do not.
        """
        if not isinstance(exception, ValidationError):
            return None
        if request.method != "POST" or not request.path.startswith(CMS_PATH):
            return None
        messages.error(request, " ".join(exception.messages))
        return HttpResponseRedirect(way_back(request))


def way_back(request: HttpRequest) -> str:
    """The screen that the request came from, if that is one of ours; else the pages."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
        return came_from
    return reverse("wagtailadmin_explore_root")


def check_pages(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Raise Http404 for who keeps no pages, and where a page in the address is closed."""
    asked = {int(kwargs[name]) for name in PAGE_PARAMETERS if name in kwargs}
    if not asked:
        return
    # Some screens name a page in a message before they find that the user may do nothing with it.
    if not GroupPagePermission.objects.filter(group__user=request.user).exists():
        raise Http404
    closed = ReadablePage.objects.filter(pk__in=asked).exclude(
        working_audience__in=cms_reader(request.user).audiences
    )
    if closed.exists() or not Page.objects.filter(pk__in=asked).exists():
        raise Http404


def check_snippet(request: HttpRequest, match: ResolverMatch) -> None:
    """Raise Http404 where the snippet in the address has an audience the user does not hold."""
    if not match.namespace.startswith(SNIPPETS) or "pk" not in match.kwargs:
        return
    app_label, _, model_name = match.namespace.removeprefix(SNIPPETS).partition("_")
    model = apps.get_model(app_label, model_name)
    if not any(field.name == "audience" for field in model._meta.fields):
        return
    held = model.objects.filter(audience__in=held_audiences(request.user))
    if not held.filter(pk=match.kwargs["pk"]).exists():
        raise Http404


def check_bulk(request: HttpRequest, match: ResolverMatch) -> None:
    """Raise Http404 where one action is asked for on rows of which the user does not hold all.

    Wagtail refuses those rows, and names each in doing so. "All" comes to mean all that is held.
    """
    if match.view_name != BULK:
        return
    try:
        model = apps.get_model(match.kwargs["app_label"], match.kwargs["model_name"])
    except LookupError as unknown:
        raise Http404 from unknown
    rows: Any = (ReadablePage if model is Page else model).objects
    if not hasattr(rows, "workable_by"):
        return
    if not policy_registry.get_by_type(model).user_has_any_permission(request.user, KEEPING):
        raise Http404
    held = rows.workable_by(cms_reader(request.user))
    asked = request.GET.getlist("id")
    if "all" in asked:
        request.GET = _with_ids(request.GET, held.filter(pk__in=_listed(request, match, model)))
    elif held.filter(pk__in=filter(NUMBER.fullmatch, asked)).count() < len(set(asked)):
        raise Http404


def _listed(request: HttpRequest, match: ResolverMatch, model: type[Model]) -> Any:
    """What the list held in which "all" was chosen; Http404 for no such action or list."""
    action = bulk_action_registry.get_bulk_action_class(*match.kwargs.values())
    if action is None:
        raise Http404
    try:
        return action(request, model).get_all_objects_in_listing_query(request.GET.get("childOf"))
    except (ValueError, ObjectDoesNotExist) as unknown:
        raise Http404 from unknown


def _with_ids(asked: QueryDict, rows: QuerySet[Any]) -> Any:
    told = asked.copy()
    told.setlist("id", [str(pk) for pk in rows.values_list("pk", flat=True)])
    return QueryDict(told.urlencode())
