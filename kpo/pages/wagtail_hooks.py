"""What the CMS gains: the screen on who may read a page, a way to it, and clear refusals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from kpo.casedata.actions import go_on
from kpo.casedata.guard import check_page_text
from kpo.pages import home_panels, views
from kpo.pages.addresses import NamelessPageLinkHandler
from kpo.pages.forms import REASON
from kpo.pages.models import Announcement, ReadablePage
from kpo.pages.permissions import workable_pages
from kpo.pages.snippets import AudienceSnippetViewSet
from kpo.pages.tree_guard import check_place
from kpo.people.reader import signed_in

# After Wagtail's own registrations, which ours replace.
LAST = 10


@hooks.register("register_admin_urls")
def audience_url() -> list[URLPattern]:
    return [path("pages/<int:page_id>/wie/", views.change_audience, name="change_audience")]


@hooks.register("register_page_header_buttons")
def audience_button(
    page: Page, user: Any, next_url: str | None = None, view_name: str | None = None
) -> Iterator[Button]:
    specific = page.specific_deferred
    if isinstance(specific, ReadablePage) and page.permissions_for_user(user).can_publish():
        yield Button(
            "Wie mag dit lezen",
            reverse("change_audience", args=[page.pk]),
            icon_name="view",
            priority=5,
        )


class AnnouncementViewSet(AudienceSnippetViewSet):
    model = Announcement


register_snippet(AnnouncementViewSet)


@hooks.register("construct_homepage_panels")
def only_held(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = home_panels.held(panels)


@hooks.register("construct_page_chooser_queryset")
def choose_held(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """The chooser lists whatever stands under a page: here what the user may meet."""
    # By key, the one condition that Wagtail's search takes as well.
    held = workable_pages(Page.objects.all(), signed_in(request))
    return pages.filter(pk__in=held.values("pk"))


@hooks.register("construct_reports_menu")
def without_page_types(request: HttpRequest, items: list[Any]) -> None:
    """That report names the last edited page of every type, whoever may read it."""
    items[:] = [item for item in items if item.name != "page-types-usage"]


@hooks.register("register_rich_text_features", order=LAST)
def link_without_slug(features: FeatureRegistry) -> None:
    features.register_link_type(NamelessPageLinkHandler)


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "kpo.case_data_reason",
        "Ging door na een waarschuwing",
        "Ging door na een waarschuwing over gegevens van personen",
    )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def keep_reason(request: HttpRequest, page: Page) -> None:
    """Keep the reason with the page's history, and that a warning was passed in the audit log."""
    reason = request.POST.get(REASON, "").strip()
    if not (reason and "action-publish" in request.POST):
        return
    log(page, "kpo.case_data_reason", user=request.user, data={"comment": reason})
    found = check_page_text(page.specific)
    findings = [finding for each in found.values() for finding in each]
    go_on(actor=signed_in(request), obj=page, place="page", findings=findings)


@hooks.register("before_move_page")
def explain_refused_move(
    request: HttpRequest, page: Page, destination: Page
) -> HttpResponse | None:
    """Say in a sentence what the move signal would otherwise refuse as an error page."""
    specific = page.specific
    if request.method != "POST" or not isinstance(specific, ReadablePage):
        return None
    return _explained(request, specific, destination)


@hooks.register("before_copy_page")
def explain_refused_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The same for a copy, to the parent that the form names."""
    specific = page.specific
    chosen = request.POST.get("new_parent_page", "")
    if not (isinstance(specific, ReadablePage) and chosen.isdigit()):
        return None
    destination = Page.objects.filter(pk=int(chosen)).first()
    return _explained(request, specific, destination) if destination else None


def _explained(request: HttpRequest, page: ReadablePage, parent: Page) -> HttpResponse | None:
    try:
        check_place(page, page.audience, parent)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    return None
