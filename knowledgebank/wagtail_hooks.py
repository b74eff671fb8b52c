"""What the CMS gains: contact messages, and buttons for a page's standing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from knowledgebank import cms_views
from knowledgebank.models import Barrier, ContactMessage, KnowledgePage
from knowledgebank.review.rule_views import ReviewRuleViewSet
from kpo.pages.snippets import AudienceSnippetViewSet


class ContactMessageIndex(IndexView):
    """The row opens the message itself; nothing in it is edited."""

    def get_edit_url(self, instance: ContactMessage) -> str:
        return reverse("handle_contact_message", args=[instance.pk])


class ContactMessageViewSet(ModelViewSet):
    model = ContactMessage
    name = "contact_messages"
    url_prefix = "contactberichten"
    icon = "mail"
    menu_label = "Contactberichten"
    menu_order = 350
    add_to_admin_menu = True
    index_view_class = ContactMessageIndex
    list_display = (
        "subject",
        "name",
        DateColumn("sent_at", label="Gestuurd"),
        Column("handled_at", label="Afgehandeld"),
    )
    list_filter = ("handled_at",)
    exclude_form_fields = ("person", "handled_at")
    copy_view_enabled = False
    inspect_view_enabled = False


class BarrierViewSet(AudienceSnippetViewSet):
    model = Barrier


register_snippet(BarrierViewSet)


@hooks.register("register_admin_viewset")
def screens_of_the_knowledge_bank() -> list[ModelViewSet]:
    return [ContactMessageViewSet(), ReviewRuleViewSet()]


@hooks.register("register_admin_urls")
def standing_urls() -> list[URLPattern]:
    steps = [
        path(
            f"kennis/<int:page_id>/{step}/",
            cms_views.change_standing,
            {"step": step},
            name=f"knowledge_{step}",
        )
        for step in cms_views.STEPS
    ]
    message = path(
        "contactbericht/<int:pk>/", cms_views.handle_contact_message, name="handle_contact_message"
    )
    return [*steps, message]


@hooks.register("register_page_header_buttons")
def standing_buttons(
    page: Page, user: Any, next_url: str | None = None, view_name: str | None = None
) -> Iterator[Button]:
    specific = page.specific_deferred
    if not isinstance(specific, KnowledgePage):
        return
    if not (page.live and page.permissions_for_user(user).can_publish()):
        return
    lists = "actueel" if specific.is_obsolete else "verouderd"
    for priority, step in enumerate([lists, "intrekken"], start=6):
        yield Button(
            cms_views.STEPS[step].heading,
            reverse(f"knowledge_{step}", args=[page.pk]),
            icon_name="warning",
            priority=priority,
        )
