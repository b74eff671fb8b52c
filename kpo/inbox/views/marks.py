"""Follow and keep from a page or a person's profile, and the person's own list of it."""

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
from kpo.people.models import User
from kpo.people.reader import current_reader, signed_in

# What the form's button says, and the verb it stands for.
VERBS = {
    "volg": actions.follow,
    "ontvolg": actions.unfollow,
    "bewaar": actions.keep,
    "vergeet": actions.discard,
}
PERSON_VERBS = {"volg": actions.follow_person, "ontvolg": actions.unfollow_person}


@login_required
@require_POST
def mark(request: HttpRequest, uuid: UUID, verb: str) -> HttpResponse:
    """Carry out one verb and go back to where the reader was."""
    reader = current_reader(request)
    page = get_object_or_404(ReadablePage.objects.visible_to(reader), uuid=uuid)
    VERBS[verb](actor=signed_in(request), page=page)
    return HttpResponseRedirect(_way_back(request, page.url or "/"))


def _way_back(request: HttpRequest, usual: str) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return usual


@login_required
@require_POST
def mark_person(request: HttpRequest, uuid: UUID, verb: str) -> HttpResponse:
    """Follow somebody in the reader's own directory, or stop; whoever is not there is nobody."""
    listed = User.objects.listed_for(current_reader(request)).exclude(pk=signed_in(request).pk)
    person = get_object_or_404(listed, uuid=uuid)
    PERSON_VERBS[verb](actor=signed_in(request), person=person)
    return HttpResponseRedirect(_way_back(request, person.get_absolute_url()))


@login_required
@require_GET
def saved(request: HttpRequest) -> HttpResponse:
    """What and whom the person follows and keeps, as far as it may still be seen."""
    reader = current_reader(request)
    whom = Follow.objects.of_people(reader).select_related("subject__organisation")
    context = {
        "follows": _marked(Follow, reader),
        "people": list(whom),
        "bookmarks": _marked(Bookmark, reader),
    }
    return render(request, "inbox/saved.html", context)


def _marked(model: Any, reader: Any) -> list[Any]:
    return list(model.objects.visible_to(reader).select_related("page"))
