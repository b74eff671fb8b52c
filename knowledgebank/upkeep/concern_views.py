"""Screens of concerns: raise one from a page, the queue, one with what can be done, one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from knowledgebank.listing import ListKind, listed
from knowledgebank.models import Concern, KnowledgePage
from knowledgebank.review.forms import PersonForm
from knowledgebank.review.reading import sections_of
from knowledgebank.upkeep.actions import concerns
from knowledgebank.upkeep.forms import ClosingForm, ConcernForm
from knowledgebank.upkeep.people import may_deal_with
from kpo.casedata.actions import go_on
from kpo.casedata.forms import CaseDataFormMixin
from kpo.paging import page_of
from kpo.people.limits import within_limit
from kpo.people.reader import current_reader, signed_in

TOO_MANY = "Je meldde veel achter elkaar. Probeer het over een uur opnieuw; wat je typte staat er."
TOO_MANY_ASKED = "Je vroeg veel mensen achter elkaar. Probeer het over een uur opnieuw."
THANKS = "Bedankt. Bij ‘Mijn meldingen’ lees je wat eruit komt. Je krijgt ook bericht."
EMPTY = "Er staat niets in deze lijst."
LISTS: tuple[ListKind, ...] = (
    ListKind("open", "Nieuw", EMPTY, lambda every, reader: every.open().filter(assignee=None)),
    ListKind("bezig", "Opgepakt", EMPTY, lambda every, reader: every.open().exclude(assignee=None)),
    ListKind(
        "mij", "Bij mij", EMPTY, lambda every, reader: every.open().filter(assignee=reader.person)
    ),
    ListKind(
        "klaar",
        "Afgesloten",
        EMPTY,
        lambda every, reader: every.closed().order_by("-closed_at", "-pk"),
    ),
)


@login_required
@require_http_methods(["GET", "POST"])
def raise_concern(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Doubt a passage of a page; whatever is refused comes back as typed."""
    pages = KnowledgePage.objects.visible_to(current_reader(request))
    page: Any = get_object_or_404(pages, uuid=uuid).specific
    start = {"section": request.GET.get("onderdeel", "")[:160]}
    form = ConcernForm(request.POST or None, sections=sections_of(page), initial=start)
    status = 200
    if request.method == "POST":
        status = _try_to_raise(request, page, form)
        if status == 302:
            messages.success(request, THANKS)
            return HttpResponseRedirect(f"{page.url}#oordeel")
    context = {"form": form, "page": page}
    return render(request, "knowledgebank/upkeep/raise.html", context, status=status)


def _try_to_raise(request: HttpRequest, page: Any, form: ConcernForm) -> int:
    """The status of the answer: 302 when it was kept."""
    if not form.is_valid():
        return 422
    if not within_limit(request, "raise_concern"):
        form.add_error(None, TOO_MANY)
        return 429
    given = form.cleaned_data
    try:
        concern = concerns.raise_concern(
            actor=signed_in(request),
            page=page,
            reason=Concern.Reason(given["reason"]),
            text=given["text"],
            section=form.passage,
            quote=given["quote"],
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return 422
    note_case_data(request, concern, form)
    return 302


def note_case_data(request: HttpRequest, obj: Model, form: CaseDataFormMixin) -> None:
    """Log that somebody was warned and went on."""
    if form.case_data_findings:
        findings = form.case_data_findings
        go_on(actor=signed_in(request), obj=obj, place="melding", findings=findings)


@login_required
@require_GET
def own_concerns(request: HttpRequest) -> HttpResponse:
    """What the reader raised on pages that are still theirs to read."""
    reader = current_reader(request)
    own = Concern.objects.visible_to(reader).by(signed_in(request)).order_by("-made_at", "-pk")
    context = {"concerns": page_of(own.select_related("page"), request)}
    return render(request, "knowledgebank/upkeep/own.html", context)


@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the reader to deal with, in four lists; 404 for who deals with none."""
    reader = current_reader(request)
    every = Concern.objects.dealt_with_by(reader)
    if not reader.judges and not every.exists():
        raise Http404
    # What is new comes first, also on a day without any.
    asked = request.GET.get("lijst", "")
    chosen = asked if asked in {kind.key for kind in LISTS} else LISTS[0].key
    lists = listed(LISTS, every, reader, chosen=chosen, shown=lambda rows: _rows(rows, request))
    return render(request, "knowledgebank/upkeep/queue.html", {"lists": lists})


def _rows(concerns: Any, request: HttpRequest) -> Any:
    """With who raised each and who deals with it."""
    rows = concerns.select_related("page", "person__organisation", "assignee__organisation")
    return page_of(rows, request)


def _concern(request: HttpRequest, uuid: UUID) -> Concern:
    """Raises Http404 for what the reader may not see, as if it were not there."""
    rows = Concern.objects.visible_to(current_reader(request))
    found: Concern = get_object_or_404(rows.select_related("page", "assignee", "law"), uuid=uuid)
    return found


@login_required
@require_GET
def concern(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _shown(request, _concern(request, uuid))


def _shown(
    request: HttpRequest, found: Concern, typed: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """One concern; `typed` are forms that were refused, under their names."""
    reader = current_reader(request)
    page: Any = found.page.specific
    forms = {"closing_form": ClosingForm(), "person_form": PersonForm()} | dict(typed or {})
    context = {
        "concern": found,
        "page": page,
        "deals": found.is_open and may_deal_with(reader, found),
        "is_keeper": may_deal_with(reader, found),
        "is_own": found.person_id == getattr(reader.person, "pk", None),
        "can_edit": page.permissions_for_user(request.user).can_edit(),
        **forms,
    }
    return render(request, "knowledgebank/upkeep/concern.html", context, status=status)


Answer = HttpResponse | str


def _take_up(request: HttpRequest, found: Concern) -> Answer:
    concerns.take_up(actor=signed_in(request), concern=found)
    return "Je hebt deze melding opgepakt."


def _hand_over(request: HttpRequest, found: Concern) -> Answer:
    form = PersonForm(request.POST)
    # Before the address is looked up: who may not hand over is not told who is there.
    if not may_deal_with(current_reader(request), found):
        raise Http404
    if not within_limit(request, "name_colleague"):
        # A form that is shown again would look the address up.
        messages.error(request, TOO_MANY_ASKED)
        return _shown(request, found, status=429)
    if form.is_valid():
        try:
            concerns.hand_over(
                actor=signed_in(request), concern=found, person=form.cleaned_data["email"]
            )
        except ValidationError as refusal:
            form.add_error("email", refusal)
        else:
            return "Je collega heeft bericht gekregen."
    return _shown(request, found, {"person_form": form}, status=422)


def _close(request: HttpRequest, found: Concern) -> Answer:
    form = ClosingForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, {"closing_form": form}, status=422)
    concerns.close_concern(
        actor=signed_in(request),
        concern=found,
        outcome=Concern.Outcome(form.cleaned_data["outcome"]),
        explanation=form.cleaned_data["explanation"],
    )
    note_case_data(request, found, form)
    return "De melding is afgesloten. Wie dit meldde, krijgt je uitleg."


def _take_back(request: HttpRequest, found: Concern) -> Answer:
    concerns.take_back(actor=signed_in(request), concern=found)
    return "Je melding is teruggenomen."


VERBS: Mapping[str, Callable[[HttpRequest, Concern], Answer]] = {
    "oppakken": _take_up,
    "doorgeven": _hand_over,
    "afsluiten": _close,
    "terugnemen": _take_back,
}


@login_required
@require_POST
def act(request: HttpRequest, uuid: UUID, verb: str) -> HttpResponse:
    """Carry out one of VERBS; what is refused comes back as typed, with why."""
    found = _concern(request, uuid)
    try:
        answer = VERBS[verb](request, found)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        found.refresh_from_db()
        return _shown(request, found, {"closing_form": ClosingForm(request.POST)}, status=422)
    if isinstance(answer, HttpResponse):
        return answer
    messages.success(request, answer)
    # Who handed it over may have nothing to do with it any more.
    stays = Concern.objects.visible_to(current_reader(request)).filter(uuid=uuid).exists()
    own = reverse("knowledgebank:own_concerns")
    return HttpResponseRedirect(reverse("knowledgebank:concern", args=[uuid]) if stays else own)
