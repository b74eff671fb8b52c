"""Moved pages redirect, and only for who may read where they went."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlparse

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from kpo.pages.models import ReadablePage
from kpo.people.reader import current_reader


class ReadableRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects under the reading rule: a closed target answers like no redirect."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404:
            return response
        redirect = find_redirect(request)
        if redirect is None or not may_follow(request, redirect.redirect_page):
            return response
        return cast(HttpResponse, super().process_response(request, response))


def find_redirect(request: HttpRequest) -> Redirect | None:
    """The redirect that Wagtail would follow: for the whole address, else for its path alone."""
    address = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    return get_redirect(request, address) or get_redirect(request, urlparse(address).path)


def may_follow(request: HttpRequest, target: Page | None) -> bool:
    if target is None:
        return True
    return ReadablePage.objects.visible_to(current_reader(request)).filter(pk=target.pk).exists()
