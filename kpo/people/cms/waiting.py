"""What waits for an administrator: requests, invitations, changes, renewals and lost factors."""

from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kpo.paging import page_of
from kpo.people import renewals as renewal_kinds
from kpo.people.actions import employer, factors, invitations, requests
from kpo.people.answers import attempt
from kpo.people.cms.gate import for_administrators
from kpo.people.cms.people import titled
from kpo.people.forms import ReasonForm, reason_given
from kpo.people.models import (
    AccessRequest,
    EmployerChange,
    FactorReset,
    Invitation,
    Organisation,
    Renewal,
)
from kpo.people.reader import current_reader, signed_in

PAGE_SIZE = 50


class AcceptRequestForm(ReasonForm):
    """Saying yes: to whom the newcomer will belong, and why."""

    organisation = forms.ModelChoiceField(
        label="Organisatie", queryset=Organisation.objects.order_by("name")
    )
    field_order = ("organisation", "reason")


def listed(request: HttpRequest, rows: QuerySet, template: str, title: str) -> HttpResponse:
    page = page_of(rows, request, PAGE_SIZE)
    return render(
        request, f"people/cms/{template}.html", {"page": page, **titled(title, "list-ul")}
    )


# --- Requests for access ---
@for_administrators
@require_GET
def access_requests(request: HttpRequest) -> HttpResponse:
    rows = AccessRequest.objects.managed_by(current_reader(request)).open()
    return listed(request, rows.order_by("requested_at"), "requests", "Aanvragen")


@for_administrators
@require_http_methods(["GET", "POST"])
def decide_request(request: HttpRequest, uuid: UUID, answer: str) -> HttpResponse:
    rows = AccessRequest.objects.managed_by(current_reader(request)).open()
    wanted = get_object_or_404(rows, uuid=uuid)
    is_yes = answer == "toekennen"
    form = (AcceptRequestForm if is_yes else ReasonForm)(
        request.POST or None, initial={"organisation": likely_organisation(wanted)}
    )
    if request.method == "POST" and form.is_valid():
        verb = requests.accept_request if is_yes else requests.reject_request
        done = "De uitnodiging is verstuurd." if is_yes else "De aanvraag is afgewezen."
        attempt(
            request,
            lambda: verb(actor=signed_in(request), request=wanted, **form.cleaned_data),
            done,
        )
        return redirect("mensen:requests")
    label = "Ken toe en nodig uit" if is_yes else "Wijs af"
    words = {"form": form, "wanted": wanted, "label": label, **titled(f"Aanvraag: {label}", "mail")}
    status = 422 if form.is_bound else 200
    return render(request, "people/cms/decide_request.html", words, status=status)


def likely_organisation(wanted: AccessRequest) -> Organisation | None:
    return Organisation.objects.for_address(wanted.email).first()


# --- Invitations ---
@for_administrators
@require_GET
def open_invitations(request: HttpRequest) -> HttpResponse:
    rows = Invitation.objects.managed_by(current_reader(request)).open()
    return listed(request, rows.select_related("organisation"), "invitations", "Uitnodigingen")


@for_administrators
@require_POST
def act_on_invitation(request: HttpRequest, uuid: UUID, answer: str) -> HttpResponse:
    rows = Invitation.objects.managed_by(current_reader(request)).open()
    invitation = get_object_or_404(rows, uuid=uuid)
    again = answer == "opnieuw"
    verb = invitations.invite_again if again else invitations.withdraw
    done = "Er is een nieuwe link verstuurd." if again else "De uitnodiging is ingetrokken."
    attempt(request, lambda: verb(actor=signed_in(request), invitation=invitation), done)
    return redirect("mensen:invitations")


# --- Changes of employer ---
@for_administrators
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    rows = EmployerChange.objects.managed_by(current_reader(request)).awaiting_confirmation()
    rows = rows.select_related("person", "old_organisation", "new_organisation")
    return listed(request, rows, "changes", "Wisselingen van werkgever")


@for_administrators
@require_POST
def decide_change(request: HttpRequest, uuid: UUID, answer: str) -> HttpResponse:
    rows = EmployerChange.objects.managed_by(current_reader(request)).awaiting_confirmation()
    change = get_object_or_404(rows, uuid=uuid)
    if answer == "bevestigen":
        done = f"{change.person} hoort nu bij {change.new_organisation}."
        attempt(
            request, lambda: employer.confirm_change(actor=signed_in(request), change=change), done
        )
    else:
        attempt(
            request,
            lambda: employer.refuse_change(
                actor=signed_in(request), change=change, reason=reason_given(request)
            ),
            "De wisseling gaat niet door.",
        )
    return redirect("mensen:changes")


# --- Rights to be given again ---
@for_administrators
@require_GET
def renewals(request: HttpRequest) -> HttpResponse:
    rows = Renewal.objects.managed_by(current_reader(request)).open().select_related("person")
    page = page_of(rows.order_by("asked_at"), request, PAGE_SIZE)
    labels = [(row, renewal_kinds.kind(row.kind).label(row.value)) for row in page]
    words = {"page": page, "labels": labels, **titled("Opnieuw te geven rechten", "list-ul")}
    return render(request, "people/cms/renewals.html", words)


@for_administrators
@require_POST
def decide_renewal(request: HttpRequest, uuid: UUID, answer: str) -> HttpResponse:
    rows = Renewal.objects.managed_by(current_reader(request)).open()
    renewal = get_object_or_404(rows, uuid=uuid)
    granted = answer == "geven"
    done = "Het recht is opnieuw gegeven." if granted else "Het recht is niet opnieuw gegeven."
    attempt(
        request,
        lambda: employer.decide_renewal(actor=signed_in(request), renewal=renewal, granted=granted),
        done,
    )
    return redirect("mensen:renewals")


# --- Lost second factors ---
@for_administrators
@require_GET
def resets(request: HttpRequest) -> HttpResponse:
    reader = current_reader(request)
    rows = FactorReset.objects.managed_by(reader).open().select_related("person", "requested_by")
    page = page_of(rows, request, PAGE_SIZE)
    mine = FactorReset.objects.awaiting_consent_of(reader).values_list("pk", flat=True)
    words = {"page": page, "mine": set(mine), **titled("Kwijtgeraakte tweede stap", "key")}
    return render(request, "people/cms/resets.html", words)


@for_administrators
@require_POST
def decide_reset(request: HttpRequest, uuid: UUID, answer: str) -> HttpResponse:
    rows = FactorReset.objects.managed_by(current_reader(request)).open()
    reset = get_object_or_404(rows, uuid=uuid)
    verb = factors.consent_to_reset if answer == "instemmen" else factors.end_reset
    done = (
        "De tweede stap is verwijderd. De persoon is overal uitgelogd."
        if answer == "instemmen"
        else "De aanvraag is gestopt. Er is niets verwijderd."
    )
    attempt(request, lambda: verb(actor=signed_in(request), reset=reset), done)
    return redirect("mensen:resets")
