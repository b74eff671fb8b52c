"""Coming in: accepting an invitation, asking for an account, and the second factor to set up."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from kpo.people import factor
from kpo.people.actions import invitations
from kpo.people.actions.invitations import Newcomer
from kpo.people.actions.requests import request_access
from kpo.people.forms import AcceptForm, AccessRequestForm
from kpo.people.limits import within_limit
from kpo.people.models import Invitation
from kpo.people.reader import with_standing

TOO_MANY = "Je probeerde dit te vaak. Wacht een kwartier en probeer het opnieuw."


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The form behind the link in the mail; any link that does not work gives the same page."""
    if not within_limit(request, "accept_invitation"):
        return render(request, "429.html", status=429)
    invitation = invitations.find_usable(token)
    if invitation is None and invitations.was_accepted_by(request.user, token):
        # The form came twice: the first one has been accepted already.
        return redirect("people:profile")
    if invitation is None:
        return render(request, "people/invitation_invalid.html", status=404)
    form = AcceptForm(request.POST or None, email=invitation.email, initial=known(invitation))
    if request.method == "POST" and form.is_valid():
        return accept(request, token, form)
    words = {"form": form, "invitation": invitation}
    status = 422 if form.is_bound else 200
    return render(request, "people/invitation.html", words, status=status)


def known(invitation: Invitation) -> dict[str, str]:
    return {"first_name": invitation.first_name, "last_name": invitation.last_name}


def accept(request: HttpRequest, secret: str, form: AcceptForm) -> HttpResponse:
    try:
        person = invitations.accept(secret=secret, newcomer=Newcomer(**form.cleaned_data))
    except ValidationError:
        return render(request, "people/invitation_invalid.html", status=404)
    record_authentication(request, person, method="password", email=person.email)
    messages.success(request, "Welkom bij KPO. Vul hieronder aan wat collega's van je zien.")
    response: HttpResponse = perform_login(request, person, redirect_url="/mijn/profiel/")
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def ask_access(request: HttpRequest) -> HttpResponse:
    form = AccessRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return note_request(request, form)
    status = 422 if form.is_bound else 200
    return render(request, "people/request_access.html", {"form": form}, status=status)


def note_request(request: HttpRequest, form: AccessRequestForm) -> HttpResponse:
    answers = form.answers()
    if not within_limit(request, "request_access", key=answers["email"]):
        form.add_error(None, TOO_MANY)
        return render(request, "people/request_access.html", {"form": form}, status=429)
    if not form.is_by_a_program:
        request_access(**answers)
    return redirect("people:access_requested")


@require_GET
def access_requested(request: HttpRequest) -> HttpResponse:
    return render(request, "people/access_requested.html")


@login_required
@require_GET
def set_up_factor(request: HttpRequest) -> HttpResponse:
    """Where who must have a second factor lands until there is one."""
    person = with_standing(request.user)
    if person is None or not factor.is_missing_for(person):
        return redirect("mfa_index")
    return render(request, "people/set_up_factor.html")
