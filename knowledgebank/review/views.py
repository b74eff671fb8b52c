"""The work list of the board and the screen to judge on; open to who has no work in the CMS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from knowledgebank.models import Appraisal, MethodVersion, ReviewItem, Verdict
from knowledgebank.querysets import BOARD, SEATED
from knowledgebank.review import people
from knowledgebank.review.actions import appraisals, reviewers, rounds
from knowledgebank.review.actions.decisions import record_decision
from knowledgebank.review.agenda import agenda_for
from knowledgebank.review.begun import begin_anew, mark_of, version_of
from knowledgebank.review.enclosures import enclosures_of
from knowledgebank.review.forms import AppraisalForm, DecisionForm, PersonForm, ReasonForm
from knowledgebank.review.history import as_data, rounds_of
from knowledgebank.review.reading import approved_before, compare, sections_of
from knowledgebank.review.standing import Standing, standing_of
from knowledgebank.review.work import work_for
from kpo.people.limits import within_limit
from kpo.people.models import User
from kpo.people.reader import current_reader, signed_in

READ_AGAIN = "Wat je schreef staat er nog. Lees de vragen na en geef je scores opnieuw."
TOO_MANY = "Je vroeg veel mensen achter elkaar. Probeer het over een uur opnieuw."


@login_required
@require_GET
def work_list(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, for the board, and what became of the reader's own texts."""
    lists = work_for(current_reader(request), request.GET.get("lijst", ""))
    return render(request, "knowledgebank/review/work_list.html", {"lists": lists})


@login_required
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read, compare and judge one text; a vote that is not complete comes back as typed."""
    found = _item(request, uuid)
    if request.method == "GET":
        return _screen(request, found)
    sections = sections_of(found.revision.as_object())
    try:
        mark = request.POST.get("method", "")
        version = appraisals.method_of(found, version_of(mark, found, signed_in(request)))
    except ValidationError as refusal:
        version = _current(found)
        typed = begin_anew(request.POST, mark_of(version, found, signed_in(request)))
        form = AppraisalForm(typed, version=version, sections=sections)
        form.add_error(None, [*refusal.messages, READ_AGAIN])
        return _screen(request, found, form=form, version=version)
    form = AppraisalForm(request.POST, version=version, sections=sections)
    answer = _judge(request, found, form, version) if form.is_valid() else None
    return answer or _screen(request, found, form=form, version=version)


def _screen(request: HttpRequest, found: ReviewItem, **refused: Any) -> HttpResponse:
    """The text with all that can be done; `refused` is what was typed in a form of it."""
    standing = standing_of(found)
    page: Any = found.revision.as_object()
    context = _shown(request, found, standing, page) | refused
    if "form" not in context:
        version = _current(found)
        mark = mark_of(version, found, signed_in(request))
        start = {"seen": standing.fingerprint, "method": mark}
        form = AppraisalForm(version=version, sections=sections_of(page), initial=start)
        context |= {"form": form, "version": version}
    status = 422 if refused else 200
    return render(request, "knowledgebank/review/item.html", context, status=status)


def _item(request: HttpRequest, uuid: UUID) -> ReviewItem:
    """The item, if the reader may follow it; raises Http404 as if it were not there."""
    items = ReviewItem.objects.visible_to(current_reader(request))
    found: ReviewItem | None = items.filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def _current(found: ReviewItem) -> MethodVersion:
    """What to judge with who begins now; raises Http404 where nothing is in force."""
    try:
        return appraisals.method_of(found)
    except ValidationError:
        raise Http404 from None


def _judge(
    request: HttpRequest, found: ReviewItem, form: AppraisalForm, version: MethodVersion
) -> HttpResponse | None:
    try:
        appraisals.appraise(
            actor=signed_in(request),
            item=found,
            seen=form.cleaned_data["seen"],
            verdict=form.verdict,
            scores=form.scores(),
            remarks=form.remarks(),
            remark=form.cleaned_data["remark"],
            method=version,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    messages.success(request, _thanks(ReviewItem.objects.get(pk=found.pk)))
    return HttpResponseRedirect(reverse("knowledgebank:review_item", args=[found.uuid]))


def _thanks(found: ReviewItem) -> str:
    if found.is_planned:
        return (
            "Je oordeel is bewaard. De stemmen zijn compleet: de tekst komt op het gekozen moment."
        )
    if found.status == ReviewItem.STATUS_APPROVED:
        return "Je oordeel is bewaard. De stemmen zijn compleet: de tekst is gepubliceerd."
    if found.status == ReviewItem.STATUS_REJECTED:
        return "De tekst is teruggestuurd. De schrijver ziet je vragen."
    return "Je oordeel is bewaard. Er zijn nog meer stemmen nodig."


def _shown(
    request: HttpRequest, found: ReviewItem, standing: Standing, page: Any
) -> dict[str, Any]:
    reader = current_reader(request)
    before = approved_before(page)
    compared = compare(sections_of(before) if before else [], sections_of(page))
    given = Appraisal.objects.visible_to(reader).filter(item=found)
    return {
        "item": found,
        "page": page,
        "kind": str(page._meta.verbose_name).capitalize(),
        "standing": standing,
        "compared": compared,
        "has_former": before is not None,
        "changed": sum(section.state != "same" for section in compared) if before else 0,
        "enclosures": enclosures_of(found, page, reader),
        "appraisals": given.select_related("organisation", "reviewer").prefetch_related(
            "scores__criterion", "sections"
        ),
        "lapsed": found.appraisals.exclude(fingerprint=standing.fingerprint).count(),
        "refusal": people.refusal(reader, found),
        "is_author": reader.person in standing.authors,
        "has_voted": found.appraisals.filter(
            reviewer=reader.person, fingerprint=standing.fingerprint
        ).exists(),
        "is_assigned": found.assignments.filter(person=reader.person).exists(),
        "assignments": found.assignments.select_related("person__organisation"),
        "escalate_form": ReasonForm(),
        "person_form": PersonForm(),
        "decision_form": DecisionForm(),
        "decisions": found.decisions.all(),
        "has_seat": reader.has_role(*SEATED),
        "verdicts": Verdict,
    }


@login_required
@require_GET
def preview(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The text as readers will see it once it is published."""
    page: Any = _item(request, uuid).revision.as_object()
    response: HttpResponse = page.serve_preview(request, page.default_preview_mode)
    return response


@login_required
@require_GET
def history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Everything that was decided on the page of this item, on one sheet that prints."""
    found = _item(request, uuid)
    rounds = rounds_of(found, current_reader(request))
    context = {"item": found, "page": found.page.specific, "rounds": rounds}
    return render(request, "knowledgebank/review/history.html", context)


@login_required
@require_GET
def history_data(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """The same as JSON."""
    found = _item(request, uuid)
    data = as_data(found.page, rounds_of(found, current_reader(request)))
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})


@login_required
@require_GET
def agenda(request: HttpRequest) -> HttpResponse:
    """What the board has to speak of; for its members."""
    reader = current_reader(request)
    if not reader.has_role(*BOARD):
        raise Http404
    return _meeting(request)


def _meeting(request: HttpRequest, **refused: Any) -> HttpResponse:
    """The list; of a decision that was `refused` what was typed, at its item."""
    reader = current_reader(request)
    context = {
        "items": agenda_for(reader),
        "total": ReviewItem.objects.visible_to(reader).open().count(),
        "has_seat": reader.has_role(*SEATED),
        "today": timezone.localdate(),
    }
    status = 422 if refused else 200
    return render(request, "knowledgebank/review/agenda.html", context | refused, status=status)


Verb = Callable[[HttpRequest, User, ReviewItem, Any], str]


def _take_up(request: HttpRequest, actor: User, found: ReviewItem, form: None) -> str:
    reviewers.take_up(actor=actor, item=found)
    return "Je hebt dit stuk opgepakt. Het staat op je werklijst."


def _take_back(request: HttpRequest, actor: User, found: ReviewItem, form: None) -> str:
    rounds.withdraw(actor=actor, item=found)
    return "Je hebt de tekst teruggenomen. Hij staat nog als concept klaar."


def _escalate(request: HttpRequest, actor: User, found: ReviewItem, form: ReasonForm) -> str:
    if not form.is_valid():
        raise ValidationError(rounds.REASON_NEEDED)
    rounds.escalate(actor=actor, item=found, reason=form.cleaned_data["reason"])
    return "Het stuk ligt nu bij de voorzitter van de redactieraad."


def _ask(request: HttpRequest, actor: User, found: ReviewItem, form: PersonForm) -> str:
    # Before the address is looked up: who may not ask is not told who is there. A form that is
    # shown again looks it up too, so none is.
    reviewers.require_asker(actor, found)
    if not found.is_open:
        raise PermissionDenied(rounds.NOT_OPEN)
    if not within_limit(request, "name_colleague"):
        raise PermissionDenied(TOO_MANY)
    if not form.is_valid():
        raise ValidationError(reviewers.NOBODY_TO_ASK)
    passes_on = found.assignments.filter(person=actor).exists() and "pass_on" in request.POST
    verb = reviewers.pass_on if passes_on else reviewers.ask
    try:
        verb(actor=actor, item=found, person=form.cleaned_data["email"])
    except ValidationError:
        # As of an address that nobody has: the answer tells nobody who is there.
        form.add_error("email", reviewers.NOBODY_TO_ASK)
        raise ValidationError(reviewers.NOBODY_TO_ASK) from None
    if passes_on:
        return "Het stuk staat nu op de werklijst van je collega."
    return "Je collega is gevraagd om mee te beoordelen."


def _decide(request: HttpRequest, actor: User, found: ReviewItem, form: DecisionForm) -> str:
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    record_decision(actor=actor, item=found, text=form.cleaned_data["text"])
    return "Het besluit staat bij het stuk."


VERBS: Mapping[str, Verb] = {
    "oppakken": _take_up,
    "terugnemen": _take_back,
    "voorleggen": _escalate,
    "vragen": _ask,
    "besluit": _decide,
}
# What is filled in for a verb, by the name it has on the screen.
FORMS: Mapping[str, tuple[str, type[Form]]] = {
    "voorleggen": ("escalate_form", ReasonForm),
    "vragen": ("person_form", PersonForm),
    "besluit": ("decision_form", DecisionForm),
}


@login_required
@require_POST
def act(request: HttpRequest, uuid: UUID, verb: str) -> HttpResponse:
    """Carry out one of VERBS and go back; what is refused comes back as typed, with why."""
    found = _item(request, uuid)
    name, of_verb = FORMS.get(verb, ("", None))
    form = of_verb(request.POST) if of_verb else None
    try:
        messages.success(request, VERBS[verb](request, signed_in(request), found, form))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        if form is not None:
            return _refused(request, found, name, form)
    except PermissionDenied as refusal:
        messages.error(request, str(refusal) or "Dit kun je bij dit stuk niet doen.")
    if "agenda" in request.POST:
        return HttpResponseRedirect(reverse("knowledgebank:board_agenda"))
    return HttpResponseRedirect(reverse("knowledgebank:review_item", args=[uuid]))


def _refused(request: HttpRequest, found: ReviewItem, name: str, form: Form) -> HttpResponse:
    if "agenda" in request.POST and current_reader(request).has_role(*BOARD):
        return _meeting(request, refused=found, refused_form=form)
    found.refresh_from_db()
    return _screen(request, found, **{name: form})
