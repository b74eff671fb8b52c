"""The page of one person, as far as that person shows it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from kpo.people import profile
from kpo.people.models import User
from kpo.people.panels import panels_for
from kpo.people.reader import current_reader


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
