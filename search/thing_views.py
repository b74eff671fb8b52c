"""Pages about one thing that can be found: words inside it, and what is like it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kpo.people.reader import Reader, current_reader
from search import results
from search.forms import InsideForm
from search.inside import Thing, look_inside, thing_for
from search.presentation import looks
from search.similar import similar


def thing_or_404(reader: Reader, uuid: UUID) -> Thing:
    """The same for what is closed to this reader and what is not there."""
    thing = thing_for(reader, uuid)
    if thing is None:
        raise Http404
    return thing


@require_safe
def inside(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The places in one thing that have the words asked."""
    reader = current_reader(request)
    thing = thing_or_404(reader, uuid)
    form = InsideForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "thing": thing.row,
        "look": looks()[thing.row.type],
        "asked": text or form.data.get("q", ""),
        "problem": " ".join(map(str, form.errors.get("q", ()))),
        "places": look_inside(reader, thing, text) if text else None,
    }
    return render(request, "search/inside.html", context, status=200 if form.is_valid() else 400)


@require_safe
def alike(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What is like a thing: a page of its own, or for htmx the list alone."""
    reader = current_reader(request)
    thing = thing_or_404(reader, uuid)
    found = results.alike_views(similar(reader, thing))
    template = (
        "search/alike_list.html" if request.headers.get("HX-Request") else "search/alike.html"
    )
    return render(request, template, {"thing": thing.row, "alike": found})
