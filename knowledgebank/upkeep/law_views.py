"""The screen on which somebody marks a law article or ruling as changed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from knowledgebank.models import Concern, LawChange
from knowledgebank.upkeep.actions import laws as actions
from knowledgebank.upkeep.citing import cited_for
from knowledgebank.upkeep.concern_views import note_case_data
from knowledgebank.upkeep.forms import LawForm, told
from knowledgebank.upkeep.people import can_mark_law
from kpo.people.reader import Reader, current_reader, signed_in

MOST_SHOWN = 50


@login_required
@require_http_methods(["GET", "POST"])
def laws(request: HttpRequest) -> HttpResponse:
    """404 for who may not mark any; what is refused comes back as typed."""
    reader = current_reader(request)
    if not can_mark_law(reader):
        raise Http404
    cited = cited_for(reader)
    form = LawForm(request.POST or None, cited=cited)
    if request.method == "POST" and form.is_valid() and _mark(request, form):
        return HttpResponseRedirect(reverse("knowledgebank:laws"))
    names = {one.identifier: one.label for one in cited}
    changes = [(change, names.get(change.identifier, "")) for change in _changes(reader)]
    context = {"form": form, "changes": changes}
    status = 422 if form.errors else 200
    return render(request, "knowledgebank/upkeep/laws.html", context, status=status)


def _mark(request: HttpRequest, form: LawForm) -> bool:
    given = form.cleaned_data
    try:
        change = actions.mark_changed(
            actor=signed_in(request),
            identifier=given["identifier"],
            what=given["what"],
            since=given["since"],
            url=given["url"],
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    note_case_data(request, change, form)
    queue = Concern.objects.dealt_with_by(current_reader(request)).filter(law=change)
    messages.success(request, f"Bij de meldingen: {told(queue.count())} die hierop rusten.")
    return True


def _changes(reader: Reader) -> list[LawChange]:
    """Each with how much of what the reader deals with is still open."""
    keys = Concern.objects.dealt_with_by(reader).order_by().values("pk")
    own = Q(concerns__in=keys)
    open_ones = Count("concerns", filter=own & Q(concerns__outcome=""), distinct=True)
    every = Count("concerns", filter=own, distinct=True)
    changes = LawChange.objects.visible_to(reader).annotate(waiting=open_ones, total=every)
    return list(changes[:MOST_SHOWN])
