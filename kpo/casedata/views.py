"""The queue of what is held, and deciding about one thing in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from wagtail.admin.paginator import WagtailPaginator

from kpo.casedata import actions
from kpo.casedata.forms import DecisionForm
from kpo.casedata.guard import excerpts, mask_each
from kpo.casedata.models import Hold
from kpo.casedata.permissions import can_decide, can_see_queue
from kpo.casedata.places import place_of
from kpo.people.reader import current_reader, signed_in

PER_PAGE = 50
GONE = "Al verwijderd"


def queue(request: HttpRequest) -> HttpResponse:
    """What waits and this person decides about, the oldest first."""
    reader = current_reader(request)
    if not can_see_queue(reader):
        raise PermissionDenied
    waiting = Hold.objects.waiting().select_related("content_type", "author__organisation")
    mine = [held for held in waiting.prefetch_related("target") if can_decide(reader, held)]
    page = WagtailPaginator(mine, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_title": "Zaakgegevens",
        "header_icon": "warning",
        "page": page,
        "rows": _rows(list(page)),
    }
    return TemplateResponse(request, "casedata/queue.html", context)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    reader = current_reader(request)
    held = get_object_or_404(Hold.objects.waiting(), pk=pk)
    if not can_decide(reader, held):
        raise PermissionDenied
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decided(request, held, form):
        return redirect("casedata_queue")
    (row,) = _rows([held])
    context = row | {
        "page_title": "Beslis over een vastgehouden stuk",
        "form": form,
        "excerpts": _excerpts(held),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "casedata/decide.html", context, status=status)


def _decided(request: HttpRequest, held: Hold, form: DecisionForm) -> bool:
    is_release = form.cleaned_data["decision"] == Hold.State.RELEASED
    verb = actions.release if is_release else actions.remove
    try:
        verb(actor=signed_in(request), held=held, reason=form.cleaned_data["reason"])
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, "Vrijgegeven." if is_release else "Verwijderd.")
    return True


def _excerpts(held: Hold) -> list[tuple[str, str]]:
    return excerpts(place_of(held.place).texts(held.target)) if held.target is not None else []


def _rows(holds: list[Hold]) -> list[dict[str, Any]]:
    """What a screen may show: the titles without the numbers that are in them."""
    titles = mask_each(str(each.target) if each.target is not None else GONE for each in holds)
    return [
        {"held": each, "place": place_of(each.place).label, "title": title}
        for each, title in zip(holds, titles, strict=True)
    ]
