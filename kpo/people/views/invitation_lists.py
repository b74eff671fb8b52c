"""For organisation administrators: invite everyone in a file, after a look at each line."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kpo.people.actions import invitation_lists as actions
from kpo.people.invitation_file import MOST_BYTES, MOST_LINES, TOO_BIG
from kpo.people.invitation_sheet import lines as sheet_lines
from kpo.people.limits import within_limit
from kpo.people.models import InvitationLine, InvitationList
from kpo.people.reader import current_reader, signed_in
from kpo.people.views.organisation import managed_organisation

TOO_MANY = "Je gaf vaak een bestand op. Wacht een uur en ga dan verder."
State = InvitationLine.State


class InvitationFileForm(forms.Form):
    file = forms.FileField(
        label="CSV-bestand",
        help_text=f"Met boven de kolommen: e-mailadres, voornaam, achternaam. Hooguit {MOST_LINES} "
        "regels en 1 MB. Scheidingsteken puntkomma of komma.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(TOO_BIG)
        return file


@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    """Choose a file; one that cannot be read comes back with the reason."""
    organisation = managed_organisation(current_reader(request))
    form = InvitationFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = taken_in(request, form)
        if made is not None:
            return redirect("people:invitation_list", uuid=made.uuid)
    own = InvitationList.objects.visible_to(current_reader(request))
    context = {"form": form, "organisation": organisation, "lists": own[:10]}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/invitation_lists/hand_in.html", context, status=status)


def taken_in(request: HttpRequest, form: InvitationFileForm) -> InvitationList | None:
    """The list, or None: then the form says why not."""
    if not within_limit(request, "hand_in_invitations"):
        form.add_error(None, TOO_MANY)
        return None
    organisation = managed_organisation(current_reader(request))
    content = form.cleaned_data["file"].read()
    try:
        return actions.read_list(
            actor=signed_in(request), organisation=organisation, content=content
        )
    except ValidationError as refusal:
        form.add_error("file", refusal)
        return None


def own_list(request: HttpRequest, uuid: UUID) -> InvitationList:
    lists = InvitationList.objects.visible_to(current_reader(request))
    return get_object_or_404(lists.select_related("organisation"), uuid=uuid)


@require_GET
def show(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What will happen with each line, what is happening, or what happened."""
    made = own_list(request, uuid)
    lines = list(made.lines.all())
    context = {
        "made": made,
        "lines": lines,
        "wrong": [line for line in lines if line.is_wrong],
        "known": [line for line in lines if line.state == State.KNOWN],
        "to_send": [line for line in lines if line.state in actions.TO_SEND],
        "sent": [line for line in lines if line.state == State.SENT],
    }
    return render(request, "people/invitation_lists/show.html", context)


@require_POST
def send(request: HttpRequest, uuid: UUID) -> HttpResponse:
    actions.send_list(actor=signed_in(request), made=own_list(request, uuid))
    messages.success(request, "De uitnodigingen worden verstuurd.")
    return redirect("people:invitation_list", uuid=uuid)


@require_POST
def discard(request: HttpRequest, uuid: UUID) -> HttpResponse:
    actions.discard_list(actor=signed_in(request), made=own_list(request, uuid))
    messages.success(request, "De lijst is weggegooid.")
    return redirect("people:hand_in_invitations")


@require_GET
def sheet(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The lines that did not work, to repair and hand in again."""
    made = own_list(request, uuid)
    wrong = made.lines.filter(state__in=[State.WRONG, State.FAILED])
    response = StreamingHttpResponse(
        sheet_lines(wrong.iterator(chunk_size=100)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="uitnodigingen-te-verbeteren.csv"'
    return response
