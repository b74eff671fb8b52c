"""People in the CMS: find them, give roles, stop and start accounts, help with a lost factor."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kpo.paging import page_of
from kpo.people import refusals, stewards
from kpo.people.actions import accounts, factors, invitations, roles
from kpo.people.answers import attempt
from kpo.people.cms.gate import for_administrators
from kpo.people.forms import InviteForm, ReasonForm, reason_given
from kpo.people.models import Organisation, User
from kpo.people.permissions import can_ask_reset, can_manage_person
from kpo.people.reader import current_reader, signed_in
from kpo.people.roles import LINES, Role, above_reader

PAGE_SIZE = 50
ROLE_LABELS = {role.value: LINES[role].label for role in Role if role in above_reader()}


class FindForm(forms.Form):
    """What to look for among people."""

    q = forms.CharField(label="Naam of e-mailadres", required=False, max_length=200)
    role = forms.ChoiceField(
        label="Rol", required=False, choices=[("", "Alle"), *ROLE_LABELS.items()]
    )
    state = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[("", "Alle"), ("active", "Aan"), ("stopped", "Uitgezet")],
    )

    def find(self) -> QuerySet[User]:
        people = User.objects.exclude(left_because="erased").with_standing()
        if not self.is_valid():
            return people
        for word in self.cleaned_data["q"].split():
            named = Q(first_name__icontains=word) | Q(last_name__icontains=word)
            people = people.filter(
                named | Q(email__icontains=word) | Q(organisation__name__icontains=word)
            )
        if role := self.cleaned_data["role"]:
            people = people.with_role(Role(role))
        if state := self.cleaned_data["state"]:
            people = people.filter(is_active=state == "active")
        return people.order_by("last_name", "first_name", "pk")


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label="Rollen",
        choices=list(ROLE_LABELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Bij elke rol hoort een tweede stap bij het inloggen.",
    )


class InviteAnywhereForm(InviteForm):
    """An administrator invites for any organisation."""

    organisation = forms.ModelChoiceField(
        label="Organisatie", queryset=Organisation.objects.order_by("name")
    )


@for_administrators
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET)
    page = page_of(form.find(), request, PAGE_SIZE)
    rows = [(person, role_labels(person)) for person in page]
    words = {"form": form, "page": page, "rows": rows, "query": query_without_page(request)}
    return render(request, "people/cms/people.html", {**words, **titled("Mensen")})


def role_labels(person: User) -> list[str]:
    return [ROLE_LABELS[name] for name in person.role_names if name in ROLE_LABELS]


def query_without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("pagina", None)
    return query.urlencode()


def titled(title: str, icon: str = "user") -> dict[str, Any]:
    return {"page_title": title, "header_title": title, "header_icon": icon}


@for_administrators
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    person = find_person(uuid)
    form = RolesForm(request.POST or None, initial={"roles": person.role_names})
    if request.method == "POST" and form.is_valid():
        wanted = [Role(value) for value in form.cleaned_data["roles"]]
        attempt(
            request,
            lambda: roles.set_roles(actor=signed_in(request), person=person, roles=wanted),
            "De rollen zijn bewaard.",
        )
        return redirect("mensen:detail", uuid=uuid)
    reader = current_reader(request)
    words = {
        "person": person,
        "form": form,
        "reset_form": ReasonForm(),
        "can_manage": can_manage_person(reader, person),
        "can_ask_reset": can_ask_reset(reader, person) and person.has_second_factor,
        "resets": person.factor_resets.open(),
        "gaps": stewards.gaps_without(person),
        "is_refused": refusals.is_stopped(person.email),
    }
    return render(request, "people/cms/person.html", {**words, **titled(str(person))})


def find_person(uuid: UUID) -> User:
    people = User.objects.exclude(left_because="erased").with_standing()
    return get_object_or_404(people, uuid=uuid)


@for_administrators
@require_POST
def deactivate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    person = find_person(uuid)
    done = f"Het account van {person} is uitgezet."
    attempt(request, lambda: accounts.deactivate(actor=signed_in(request), person=person), done)
    return redirect("mensen:detail", uuid=uuid)


@for_administrators
@require_POST
def reactivate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    person = find_person(uuid)
    done = f"Het account van {person} staat weer aan."
    attempt(request, lambda: accounts.reactivate(actor=signed_in(request), person=person), done)
    return redirect("mensen:detail", uuid=uuid)


@for_administrators
@require_POST
def end_sessions(request: HttpRequest, uuid: UUID) -> HttpResponse:
    person = find_person(uuid)
    done = f"{person} is overal uitgelogd."
    attempt(request, lambda: accounts.end_sessions(actor=signed_in(request), person=person), done)
    return redirect("mensen:detail", uuid=uuid)


@for_administrators
@require_POST
def ask_reset(request: HttpRequest, uuid: UUID) -> HttpResponse:
    person = find_person(uuid)
    done = "Je aanvraag staat klaar. Een andere beheerder moet ermee instemmen."
    attempt(
        request,
        lambda: factors.ask_reset(
            actor=signed_in(request), person=person, reason=reason_given(request)
        ),
        done,
    )
    return redirect("mensen:detail", uuid=uuid)


@for_administrators
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteAnywhereForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = f"De uitnodiging voor {form.cleaned_data['email']} is verstuurd."
        if attempt(
            request,
            lambda: invitations.invite(actor=signed_in(request), **form.cleaned_data),
            done,
        ):
            return redirect("mensen:invitations")
    words = {"form": form, "label": "Verstuur de uitnodiging", **titled("Nodig iemand uit", "mail")}
    return render(request, "people/cms/form.html", words, status=422 if form.is_bound else 200)
