"""For organisation administrators: the own people, invitations and arrivals."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kpo.paging import page_of
from kpo.people import refusals, stewards
from kpo.people.actions import accounts, employer, invitations
from kpo.people.answers import attempt
from kpo.people.forms import InviteForm, ReasonForm
from kpo.people.limits import within_limit
from kpo.people.models import EmployerChange, Invitation, Organisation, User
from kpo.people.reader import Reader, current_reader, signed_in
from kpo.people.roles import Role

PAGE_SIZE = 50
TOO_MANY = "Je nodigde in een uur veel mensen uit. Wacht een uur en ga dan verder."
View = Callable[..., HttpResponse]


def managed_organisation(reader: Reader) -> Organisation:
    """The reader's own organisation, if the reader manages it; otherwise there is no such page."""
    if reader.person is None or not reader.has_role(
        Role.ORGANISATION_ADMINISTRATOR, Role.ADMINISTRATOR
    ):
        raise Http404
    return reader.person.organisation


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    organisation = managed_organisation(current_reader(request))
    own = organisation.people.exclude(left_because="erased").order_by(
        "-is_active", "last_name", "first_name", "pk"
    )
    page = page_of(own, request, PAGE_SIZE)
    words = {
        "organisation": organisation,
        "refused": refusals.among(person.email for person in page),
        "gap": stewards.gap_ahead(organisation),
        "page": page,
        "manageable": manageable(current_reader(request), organisation),
        "invitations": organisation.invitations.open(),
        "changes": organisation.arrivals.awaiting_confirmation().select_related(
            "person", "old_organisation"
        ),
    }
    return render(request, "people/organisation.html", words)


def manageable(reader: Reader, organisation: Organisation) -> set[int]:
    """Which of the people this reader may stop or start, in one query."""
    own = User.objects.filter(organisation=organisation).managed_by(reader)
    return set(own.values_list("pk", flat=True))


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    organisation = managed_organisation(current_reader(request))
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and sent(request, form, organisation):
        messages.success(request, f"De uitnodiging voor {form.cleaned_data['email']} is verstuurd.")
        return redirect("people:organisation")
    words = {"form": form, "organisation": organisation}
    status = 422 if form.is_bound else 200
    return render(request, "people/invite.html", words, status=status)


def sent(request: HttpRequest, form: InviteForm, organisation: Organisation) -> bool:
    """Whether the invitation was sent; if not, the form says why."""
    if not within_limit(request, "invite"):
        form.add_error(None, TOO_MANY)
        return False
    try:
        invitations.invite(actor=signed_in(request), organisation=organisation, **form.cleaned_data)
    except ValidationError as error:
        form.add_error("email", error)
        return False
    return True


@require_POST
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return act_on_invitation(
        request,
        uuid,
        invitations.withdraw,
        "De uitnodiging is ingetrokken. De link werkt niet meer.",
    )


@require_POST
def invite_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    done = "Er is een nieuwe link verstuurd."
    return act_on_invitation(request, uuid, invitations.invite_again, done)


def act_on_invitation(request: HttpRequest, uuid: UUID, verb: Any, done: str) -> HttpResponse:
    organisation = managed_organisation(current_reader(request))
    row = get_object_or_404(Invitation.objects.open(), uuid=uuid, organisation=organisation)
    if verb is invitations.invite_again and not within_limit(request, "invite"):
        messages.error(request, TOO_MANY)
    else:
        attempt(request, lambda: verb(actor=signed_in(request), invitation=row), done)
    return redirect("people:organisation")


@require_POST
def deactivate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    person = own_person(request, uuid)
    done = f"Het account van {person} is uitgezet."
    attempt(request, lambda: accounts.deactivate(actor=signed_in(request), person=person), done)
    return redirect("people:organisation")


@require_POST
def reactivate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    person = own_person(request, uuid)
    done = f"Het account van {person} staat weer aan."
    attempt(request, lambda: accounts.reactivate(actor=signed_in(request), person=person), done)
    return redirect("people:organisation")


def own_person(request: HttpRequest, uuid: UUID) -> User:
    reader = current_reader(request)
    organisation = managed_organisation(reader)
    return get_object_or_404(User.objects.managed_by(reader), uuid=uuid, organisation=organisation)


@require_POST
def confirm_arrival(request: HttpRequest, uuid: UUID) -> HttpResponse:
    change = own_arrival(request, uuid)
    done = f"{change.person} hoort nu bij je organisatie."
    attempt(request, lambda: employer.confirm_change(actor=signed_in(request), change=change), done)
    return redirect("people:organisation")


@require_http_methods(["GET", "POST"])
def refuse_arrival(request: HttpRequest, uuid: UUID) -> HttpResponse:
    change = own_arrival(request, uuid)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = "De wisseling gaat niet door. De persoon krijgt daar een mail over."
        attempt(
            request,
            lambda: employer.refuse_change(actor=signed_in(request), change=change, reason=reason),
            done,
        )
        return redirect("people:organisation")
    words = {"form": form, "change": change}
    return render(
        request, "people/refuse_arrival.html", words, status=422 if form.is_bound else 200
    )


def own_arrival(request: HttpRequest, uuid: UUID) -> EmployerChange:
    reader = current_reader(request)
    organisation = managed_organisation(reader)
    changes = EmployerChange.objects.managed_by(reader).awaiting_confirmation()
    return get_object_or_404(
        changes.select_related("person", "old_organisation"),
        uuid=uuid,
        new_organisation=organisation,
    )
