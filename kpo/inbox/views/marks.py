"""Follow and keep from a page, and the person's own list of both."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from kpo.inbox import actions
from kpo.inbox.models import Bookmark, Follow
from kpo.pages.models import ReadablePage
from kpo.people.reader import current_reader, signed_in

# What the form's button says, and the verb it stands for.
VERBS = {
    "volg": actions.follow,
    "ontvolg": actions.unfollow,
    "bewaar": actions.keep,
    "vergeet": actions.discard,
}


@login_required
@require_POST
def mark(request: HttpRequest, uuid: UUID, verb: str) -> HttpResponse:
    """Carry out one verb and go back to where the reader was."""
    reader = current_reader(request)
    page = get_object_or_404(ReadablePage.objects.visible_to(reader), uuid=uuid)
    VERBS[verb](actor=signed_in(request), page=page)
    return HttpResponseRedirect(_way_back(request, page))


def _way_back(request: HttpRequest, page: ReadablePage) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return page.url or "/"


@login_required
@require_GET
def saved(request: HttpRequest) -> HttpResponse:
    """What the person follows and keeps, as far as it may still be read."""
    reader = current_reader(request)
    return render(
        request,
        "inbox/saved.html",
        {"follows": _marked(Follow, reader), "bookmarks": _marked(Bookmark, reader)},
    )


def _marked(model: Any, reader: Any) -> list[Any]:
    return list(model.objects.visible_to(reader).select_related("page"))
