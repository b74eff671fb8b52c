"""The directory of people, and the page of one person, as far as that person shows it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from kpo.paging import page_of
from kpo.people import profile
from kpo.people.directory import DirectoryForm, lines_for
from kpo.people.models import User
from kpo.people.panels import panels_for
from kpo.people.reader import current_reader, signed_in

PAGE_SIZE = 25


@login_required
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Who chose to be found, by name, knowledge, theme, organisation and region."""
    reader = current_reader(request)
    form = DirectoryForm(request.GET, reader=reader)
    page = page_of(form.found(), request, PAGE_SIZE)
    asked = {name: value for name, value in form.asked.items() if value}
    context = {
        "form": form,
        "page": page,
        "lines": lines_for(list(page.object_list), reader),
        "is_asked": bool(asked),
        "kept": urlencode(asked),
        "is_listed": signed_in(request).in_directory,
    }
    return render(request, "people/directory.html", context)


@login_required
@require_GET
def person_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    reader = current_reader(request)
    people = User.objects.visible_to(reader).select_related("organisation")
    person = get_object_or_404(people, uuid=uuid)
    shown = person.shown_to_reader(reader)
    words = dict(profile.interest_choices(reader)) if shown.get("interests") else {}
    context = {
        "person": person,
        "shown": shown,
        "interests": [words[slug] for slug in shown.get("interests", ()) if slug in words],
        "is_own": person.pk == request.user.pk,
        "panels": panels_for(request, person),
    }
    return render(request, "people/person.html", context)
