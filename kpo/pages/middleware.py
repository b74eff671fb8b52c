"""Moved pages redirect, and only for who may read where they went."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.models import Page

from kpo.pages.models import ReadablePage
from kpo.people.reader import current_reader


class ReadableRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects under the reading rule: a closed target answers like no redirect."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404:
            return response
        redirect = get_redirect(request, request.path) or get_redirect(
            request, request.get_full_path()
        )
        if redirect is not None and not _may_follow(request, redirect.redirect_page):
            return response
        return cast(HttpResponse, super().process_response(request, response))


def _may_follow(request: HttpRequest, target: Page | None) -> bool:
    if target is None:
        return True
    return ReadablePage.objects.visible_to(current_reader(request)).filter(pk=target.pk).exists()
