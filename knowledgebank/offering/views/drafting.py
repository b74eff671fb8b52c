"""The form of an offer: saved as it is typed, sent in when it is ready."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from knowledgebank.models import Offer, OfferFile
from knowledgebank.offering.actions import drafting
from knowledgebank.offering.forms import OfferForm
from knowledgebank.offering.waiting import files_of
from kpo.casedata.actions import go_on
from kpo.files.kinds import DOCUMENT_EXTENSIONS
from kpo.files.refusals import RefusedError
from kpo.people.limits import within_limit
from kpo.people.reader import current_reader, signed_in

PLACE = "offer"
TOO_MANY_SENT = "Je hebt vandaag al veel ingestuurd. Je concept is bewaard; stuur het morgen in."


@login_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """An empty form under a fresh key, below the drafts that wait for their writer."""
    person = signed_in(request)
    offer = Offer(uuid=uuid4(), person=person)
    form = OfferForm(instance=offer, reader=current_reader(request))
    drafts = Offer.objects.of(person).filter(state=Offer.State.DRAFT)
    return render(request, "knowledgebank/offering/form.html", _shown(offer, form, drafts=drafts))


@login_required
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One draft. What cannot be saved comes back as it was typed, with the reason."""
    offer = _draft(request, uuid)
    is_sending = "send" in request.POST
    form = OfferForm(
        request.POST or None,
        instance=offer,
        reader=current_reader(request),
        is_sending=is_sending,
    )
    if request.method == "GET":
        return render(request, "knowledgebank/offering/form.html", _shown(offer, form))
    saved = _save(request, offer.uuid, form)
    if request.headers.get("HX-Request"):
        return _said(request, saved or offer, form)
    if saved is None:
        return _again(request, offer, form)
    refused = _take_files(request, saved)
    if is_sending and not refused and _send(request, saved):
        return HttpResponseRedirect(reverse("knowledgebank:offer", args=[uuid]))
    if not refused and not is_sending:
        messages.success(request, "Je concept is bewaard.")
    return HttpResponseRedirect(reverse("knowledgebank:offer_draft", args=[uuid]))


def _draft(request: HttpRequest, uuid: UUID) -> Offer:
    """The reader's own draft, or a new one under this key; raises Http404 for any other."""
    person = signed_in(request)
    found = Offer.objects.filter(uuid=uuid).first()
    if found is None and request.method == "POST":
        return Offer(uuid=uuid, person=person, organisation=person.organisation)
    if found is None or found.person != person or found.state != Offer.State.DRAFT:
        raise Http404
    return found


def _save(request: HttpRequest, key: UUID, form: OfferForm) -> Offer | None:
    """The draft as saved; None where it was not, with the reason in the form.

    What is sent in but not complete is kept all the same.
    """
    is_typed_well = form.is_valid()
    if not is_typed_well and not _lacks_only(form):
        return None
    try:
        saved = drafting.save_draft(
            actor=signed_in(request),
            key=key,
            fields=form.cleaned_data | {n: "" for n in drafting.NEEDED if n in form.errors},
            themes=form.cleaned_data["themes"],
            seen=form.seen,
            window=form.window_mark,
            is_sure="overwrite" in request.POST,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        form.is_elsewhere = isinstance(refusal, drafting.ChangedElsewhereError)
        return None
    if form.case_data_findings:
        found = form.case_data_findings
        go_on(actor=signed_in(request), obj=saved, place=PLACE, findings=found)
    return saved if is_typed_well else None


def _lacks_only(form: OfferForm) -> bool:
    """Whether all that is wrong is that something needed is still empty."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return codes == {"required"}


def _said(request: HttpRequest, offer: Offer, form: OfferForm) -> HttpResponse:
    """The line under the form that says whether it was saved; for htmx, which swaps only 200."""
    context = {"offer": offer, "form": form}
    return render(request, "knowledgebank/offering/saved.html", context)


def _again(request: HttpRequest, offer: Offer, form: OfferForm) -> HttpResponse:
    fresh = Offer.objects.filter(uuid=offer.uuid).first() or offer
    shown = _shown(fresh, form)
    return render(request, "knowledgebank/offering/form.html", shown, status=422)


def _take_files(request: HttpRequest, offer: Offer) -> bool:
    """Add what was uploaded; whether something was refused, which is said."""
    is_refused = False
    for upload in request.FILES.getlist("files"):
        name = upload.name or ""
        try:
            drafting.add_file(actor=signed_in(request), offer=offer, upload=upload, name=name)
        except (RefusedError, ValidationError) as refusal:
            messages.error(request, f"{name}: {' '.join(refusal.messages)}")
            is_refused = True
    return is_refused


def _send(request: HttpRequest, offer: Offer) -> bool:
    if not within_limit(request, "send_offer"):
        messages.error(request, TOO_MANY_SENT)
        return False
    try:
        drafting.send(actor=signed_in(request), offer=offer)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    messages.success(request, "Dank je wel. Je voorbeeld is ingestuurd.")
    return True


def _shown(offer: Offer, form: OfferForm, drafts: Any = ()) -> dict[str, Any]:
    return {
        "offer": offer,
        "form": form,
        "drafts": drafts,
        "files": files_of(offer) if offer.pk else [],
        "accept": ",".join(f".{extension}" for extension in DOCUMENT_EXTENSIONS),
        "most_files": drafting.MOST_FILES,
    }


@login_required
@require_POST
def remove_file(request: HttpRequest, uuid: UUID, file: UUID) -> HttpResponse:
    offer = get_object_or_404(Offer.objects.of(signed_in(request)), uuid=uuid)
    row = get_object_or_404(OfferFile, offer=offer, uuid=file)
    try:
        drafting.remove_file(actor=signed_in(request), file=row)
        messages.success(request, "Het bestand is weggehaald.")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    where = "offer_draft" if offer.state == Offer.State.DRAFT else "offer"
    return HttpResponseRedirect(reverse(f"knowledgebank:{where}", args=[uuid]))


@login_required
@require_POST
def delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Throw away a draft, or what was declined or withdrawn."""
    offer = get_object_or_404(Offer.objects.of(signed_in(request)), uuid=uuid)
    try:
        drafting.delete(actor=signed_in(request), offer=offer)
    except (ValidationError, PermissionDenied):
        messages.error(request, drafting.NOT_NOW)
        return HttpResponseRedirect(reverse("knowledgebank:offer", args=[uuid]))
    messages.success(request, "Het is verwijderd, met de bestanden erbij.")
    return HttpResponseRedirect(reverse("knowledgebank:offers"))
