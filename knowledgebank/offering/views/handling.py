"""What was offered, for ambassadors and the board; open to who has no work in the CMS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from knowledgebank.models import Offer
from knowledgebank.offering.actions import consenting, handling
from knowledgebank.offering.forms import DeclineForm, QuestionForm, TakeInForm
from knowledgebank.offering.people import themes_of
from knowledgebank.offering.stages import Stage, progress_of
from knowledgebank.offering.waiting import files_of, waits_for
from knowledgebank.offering.work import work_for
from knowledgebank.querysets import SEATED
from kpo.people.models import User
from kpo.people.reader import current_reader, signed_in


@login_required
@require_GET
def offered(request: HttpRequest) -> HttpResponse:
    reader = current_reader(request)
    if not reader.judges and not Offer.objects.handled_by(reader).exists():
        raise Http404
    lists = work_for(reader, request)
    return render(request, "knowledgebank/offering/offered.html", {"lists": lists})


@login_required
@require_GET
def item(request: HttpRequest, uuid: UUID) -> HttpResponse:
    offer = _handled(request, uuid)
    return render(request, "knowledgebank/offering/item.html", _shown(request, offer))


def _handled(request: HttpRequest, uuid: UUID) -> Offer:
    offers = Offer.objects.handled_by(current_reader(request))
    return get_object_or_404(offers.select_related("organisation", "person"), uuid=uuid)


def _shown(request: HttpRequest, offer: Offer, **forms: Any) -> dict[str, Any]:
    reader, actor = current_reader(request), signed_in(request)
    progress = progress_of(offer)
    page, files = offer.page, files_of(offer)
    may_edit = page is not None and page.permissions_for_user(actor).can_edit()
    return {
        "offer": offer,
        "progress": progress,
        "stages": Stage,
        "states": Offer.State,
        "page": page,
        "may_edit": may_edit,
        "files": files,
        "is_waiting": bool(waits_for(files)),
        "bad_files": handling.BAD_FILES if any(one.state == "refused" for one in files) else "",
        "themes": themes_of(offer, reader),
        "talk": offer.messages.select_related("author__organisation"),
        "answers": offer.consents.all(),
        "may_go_on": not offer.person.is_active and reader.has_role(*SEATED),
        "question_form": QuestionForm(prefix="vraag"),
        "decline_form": DeclineForm(prefix="nee"),
        "take_in_form": TakeInForm(audiences=handling.audiences_for(actor, offer)),
    } | forms


def _ask(request: HttpRequest, actor: User, offer: Offer) -> str:
    form = QuestionForm(request.POST, prefix="vraag")
    if not form.is_valid():
        raise RefusedFormError("question_form", form)
    handling.ask_back(actor=actor, offer=offer, text=form.cleaned_data["text"])
    return "Je bericht is verstuurd. Het antwoord komt hier, en in je postvak."


def _decline(request: HttpRequest, actor: User, offer: Offer) -> str:
    form = DeclineForm(request.POST, prefix="nee")
    if not form.is_valid():
        raise RefusedFormError("decline_form", form)
    handling.decline(actor=actor, offer=offer, reason=form.cleaned_data["reason"])
    return "Het voorbeeld is afgewezen. De inzender leest waarom."


def _take_in(request: HttpRequest, actor: User, offer: Offer) -> str:
    form = TakeInForm(request.POST, audiences=handling.audiences_for(actor, offer))
    if not form.is_valid():
        raise RefusedFormError("take_in_form", form)
    handling.take_in(actor=actor, offer=offer, audience=form.cleaned_data["audience"])
    return "Er is een concept van een pagina gemaakt. Vraag akkoord als de tekst klaar is."


def _ask_consent(request: HttpRequest, actor: User, offer: Offer) -> str:
    handling.ask_consent(actor=actor, offer=offer)
    return "De inzender is gevraagd om akkoord."


def _go_on(request: HttpRequest, actor: User, offer: Offer) -> str:
    consenting.go_on_without(actor=actor, offer=offer, seen=request.POST.get("seen", ""))
    return "De tekst gaat zonder naam verder."


VERBS: Mapping[str, Callable[[HttpRequest, User, Offer], str]] = {
    "vragen": _ask,
    "afwijzen": _decline,
    "overnemen": _take_in,
    "akkoord-vragen": _ask_consent,
    "verder": _go_on,
}


class RefusedFormError(Exception):
    """A form that comes back as it was typed, under its name in the template."""

    def __init__(self, name: str, form: Any) -> None:
        super().__init__(name)
        self.shown = {name: form}


@login_required
@require_POST
def act(request: HttpRequest, uuid: UUID, verb: str) -> HttpResponse:
    """Carry out one of VERBS and go back to the offer, with what was done or why not."""
    offer = _handled(request, uuid)
    try:
        messages.success(request, VERBS[verb](request, signed_in(request), offer))
    except RefusedFormError as refused:
        shown = _shown(request, offer, **refused.shown)
        return render(request, "knowledgebank/offering/item.html", shown, status=422)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    except PermissionDenied:
        messages.error(request, "Dit kun je bij dit voorbeeld niet doen.")
    if Offer.objects.handled_by(current_reader(request)).filter(pk=offer.pk).exists():
        return HttpResponseRedirect(reverse("knowledgebank:offered_item", args=[uuid]))
    return HttpResponseRedirect(reverse("knowledgebank:offered"))
