"""Where somebody's own offers stand, the talk about one, and the consent to the edited text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from knowledgebank.models import Offer, OfferFile
from knowledgebank.offering.actions import consenting, drafting
from knowledgebank.offering.comparing import compared_with_offer
from knowledgebank.offering.files import openable
from knowledgebank.offering.forms import ConsentForm, MessageForm
from knowledgebank.offering.people import is_own, may_read_text, themes_of
from knowledgebank.offering.stages import Stage, progress_of, stage_of, timeline, with_facts
from knowledgebank.offering.waiting import files_of, waits_for
from kpo.files.bytes_response import respond
from kpo.files.views.serving import note_reading
from kpo.paging import page_of
from kpo.people.limits import within_limit
from kpo.people.models import User
from kpo.people.reader import current_reader, signed_in

TOO_OFTEN = "Je hebt vandaag al veel gedaan bij je voorbeelden. Probeer het over een uur opnieuw."
PER_PAGE = 10
Verb = Callable[[HttpRequest, User, Offer], str]


@login_required
@require_GET
def own_list(request: HttpRequest) -> HttpResponse:
    page = page_of(with_facts(Offer.objects.of(signed_in(request))), request, PER_PAGE)
    stages = [(offer, stage_of(offer)) for offer in page]
    rows = [
        {"offer": offer, "stage": stage, "steps": timeline(offer, stage)} for offer, stage in stages
    ]
    context = {"rows": rows, "page": page, "stages": Stage}
    return render(request, "knowledgebank/offering/own_list.html", context)


@login_required
@require_GET
def status(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The submitter's page of one offer; who handles it is sent to the screen for that."""
    offer = _visible(request, uuid)
    if not is_own(current_reader(request), offer):
        return HttpResponseRedirect(reverse("knowledgebank:offered_item", args=[uuid]))
    return render(request, "knowledgebank/offering/status.html", _shown(request, offer))


def _visible(request: HttpRequest, uuid: UUID) -> Offer:
    offers = Offer.objects.visible_to(current_reader(request)).select_related("organisation")
    return get_object_or_404(offers, uuid=uuid)


def _own(request: HttpRequest, uuid: UUID) -> Offer:
    return get_object_or_404(Offer.objects.of(signed_in(request)), uuid=uuid)


def _shown(request: HttpRequest, offer: Offer, form: Any = None) -> dict[str, Any]:
    progress, files = progress_of(offer), files_of(offer)
    return {
        "offer": offer,
        "progress": progress,
        "steps": timeline(offer, progress.stage),
        "stages": Stage,
        "states": Offer.State,
        "names": Offer.Attribution,
        "files": files,
        "waits": waits_for(files),
        "is_own": True,
        "themes": themes_of(offer, current_reader(request)),
        "talk": offer.messages.select_related("author__organisation"),
        "answers": offer.consents.exclude(remark=""),
        "form": form or MessageForm(),
        "is_open": offer.state in (Offer.State.SENT, Offer.State.TAKEN_IN),
    }


def _write(request: HttpRequest, actor: User, offer: Offer) -> str:
    form = MessageForm(request.POST)
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    drafting.write_back(actor=actor, offer=offer, text=form.cleaned_data["text"])
    return "Je bericht is verstuurd."


def _withdraw(request: HttpRequest, actor: User, offer: Offer) -> str:
    drafting.withdraw(actor=actor, offer=offer)
    return "Je voorbeeld is ingetrokken. Niemand anders ziet het nog."


def _reopen(request: HttpRequest, actor: User, offer: Offer) -> str:
    drafting.reopen(actor=actor, offer=offer)
    return "Je voorbeeld is weer een concept. Pas het aan en stuur het opnieuw in."


def _name(request: HttpRequest, actor: User, offer: Offer) -> str:
    is_shown = request.POST.get("name") == Offer.Attribution.NAME
    drafting.show_name(actor=actor, offer=offer, is_shown=is_shown)
    return "Je naam staat erbij." if is_shown else "Je naam staat er niet meer bij."


VERBS: Mapping[str, Verb] = {
    "schrijven": _write,
    "intrekken": _withdraw,
    "heropenen": _reopen,
    "naam": _name,
}


@login_required
@require_POST
def act(request: HttpRequest, uuid: UUID, verb: str) -> HttpResponse:
    """Carry out one of VERBS; a message that is refused comes back as it was typed."""
    offer = _own(request, uuid)
    try:
        _require_patience(request)
        messages.success(request, VERBS[verb](request, signed_in(request), offer))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        if verb == "schrijven":
            form = MessageForm(request.POST)
            shown = _shown(request, offer, form)
            return render(request, "knowledgebank/offering/status.html", shown, status=422)
    where = "offer_draft" if verb == "heropenen" else "offer"
    return HttpResponseRedirect(reverse(f"knowledgebank:{where}", args=[uuid]))


@login_required
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The edited text as readers will see it, what is different, and two answers."""
    offer = _own(request, uuid)
    progress = progress_of(offer)
    if progress.text is None or offer.asked_at is None:
        raise Http404
    if not may_read_text(current_reader(request), offer):
        raise Http404
    form = ConsentForm(request.POST or None, initial={"seen": progress.mark})
    if request.method == "POST" and form.is_valid() and _answered(request, offer, form):
        return HttpResponseRedirect(reverse("knowledgebank:offer", args=[uuid]))
    compared = compared_with_offer(offer, progress.text)
    context = {
        "offer": offer,
        "progress": progress,
        "page": progress.text,
        "form": form,
        "stages": Stage,
        "compared": compared,
        "changed": sum(part.state != "same" for part in compared),
    }
    answer_status = 422 if form.errors else 200
    return render(request, "knowledgebank/offering/consent.html", context, status=answer_status)


def _require_patience(request: HttpRequest) -> None:
    """Each step of an offer tells somebody, perhaps by mail."""
    if not within_limit(request, "talk_of_offer"):
        raise ValidationError(TOO_OFTEN)


def _answered(request: HttpRequest, offer: Offer, form: ConsentForm) -> bool:
    actor, seen = signed_in(request), form.cleaned_data["seen"]
    try:
        _require_patience(request)
        if request.POST.get("answer") == "akkoord":
            consenting.agree(actor=actor, offer=offer, seen=seen)
            messages.success(request, "Dank je wel. Hieronder zie je hoe het verdergaat.")
        else:
            remark = form.cleaned_data["remark"]
            consenting.not_yet(actor=actor, offer=offer, seen=seen, remark=remark)
            messages.success(request, "De redactie leest wat er anders moet.")
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


@login_required
@require_GET
def preview(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The whole page as readers will see it."""
    offer = _visible(request, uuid)
    page = progress_of(offer).text
    if page is None or not may_read_text(current_reader(request), offer):
        raise Http404
    response: HttpResponse = page.serve_preview(request, page.default_preview_mode)
    return response


@login_required
@require_safe
def file(request: HttpRequest, uuid: UUID, file: UUID) -> HttpResponseBase:
    """A file of an offer, for its submitter, who handles it and who judges it now."""
    rows = OfferFile.objects.filter(offer__uuid=uuid).select_related("document")
    row = get_object_or_404(openable(rows, current_reader(request)), uuid=file)
    response = respond(request, row.document.file, media_type=row.document.media_type)
    name = row.document.original_name
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    note_reading(request, row.document)
    return response
