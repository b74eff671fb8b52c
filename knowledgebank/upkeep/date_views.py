"""The list of what is to be looked at again, and saying of it that it still holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from knowledgebank.models import KnowledgePage
from knowledgebank.review.work import themes_for
from knowledgebank.upkeep.actions import dates
from knowledgebank.upkeep.concern_views import note_case_data
from knowledgebank.upkeep.forms import NOT_THESE, ConfirmForm
from kpo.people.reader import Reader, current_reader, signed_in

# A month ahead, as the first reminder; more at once nobody looks through.
AHEAD = timedelta(days=30)
MOST_SHOWN = 100


def due_for(reader: Reader) -> Any:
    """What the reader may say it of or keeps, and is to be looked at within a month."""
    pages = KnowledgePage.objects
    keys = pages.confirmable_by(reader).order_by().values("pk")
    of_reader = pages.visible_to(reader).filter(pk__in=keys)
    if reader.person is not None:
        of_reader |= pages.visible_to(reader).filter(responsible=reader.person)
    return of_reader.current().filter(alias_of=None).due_by(timezone.localdate() + AHEAD)


@login_required
@require_http_methods(["GET", "POST"])
def due(request: HttpRequest) -> HttpResponse:
    """404 for who keeps nothing; what is refused comes back as typed and ticked."""
    reader = current_reader(request)
    rows = list(due_for(reader).prefetch_related(themes_for(reader))[:MOST_SHOWN])
    if not rows and not reader.judges:
        raise Http404
    keys = {page.pk for page in KnowledgePage.objects.confirmable_by(reader).filter(
        pk__in=[page.pk for page in rows]).only("pk")}  # fmt: skip
    form = ConfirmForm(request.POST or None, offered=[one for one in rows if one.pk in keys])
    if request.method == "POST" and form.is_valid() and _confirm(request, form):
        return HttpResponseRedirect(reverse("knowledgebank:due"))
    context = {
        "form": form,
        "rows": [{"page": page, "may": page.pk in keys} for page in rows],
        "ticked": request.POST.getlist("pages"),
        "today": timezone.localdate(),
    }
    status = 422 if form.errors else 200
    return render(request, "knowledgebank/upkeep/due.html", context, status=status)


def _confirm(request: HttpRequest, form: ConfirmForm) -> bool:
    try:
        done = dates.confirm(
            actor=signed_in(request), pages=form.chosen, reason=form.cleaned_data["reason"]
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    except PermissionDenied:
        form.add_error(None, NOT_THESE)
        return False
    for one in done:
        note_case_data(request, one.page, form)
    number = "Eén pagina kreeg" if len(done) == 1 else f"{len(done)} pagina's kregen"
    messages.success(request, f"{number} een nieuwe datum.")
    return True
