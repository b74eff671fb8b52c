"""Addresses of pages that say nothing about the page: its slug is for who may read it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from kpo.pages.models import ReadablePage
from kpo.people import tokens
from kpo.people.reader import current_reader


@require_safe
def find(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Lead to a page by its random id; a 404 for who may not read it."""
    pages = ReadablePage.objects.visible_to(current_reader(request))
    page = get_object_or_404(pages, uuid=uuid)
    return HttpResponseRedirect(page.url or "/")


class NamelessPageLinkHandler(PageLinkHandler):
    """A text may link to a page that fewer people read: such a link keeps the slug out of it."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        pages = cls.get_many(attrs_list)
        return [f'<a href="{escape(address_of(page))}">' if page else "<a>" for page in pages]


def address_of(page: Page) -> str:
    """The page's own address if everybody may read it, else the one by its random id."""
    if not isinstance(page, ReadablePage) or (page.live and page.audience == tokens.PUBLIC):
        return page.url or "/"
    return reverse("pages:find", args=[page.uuid])
