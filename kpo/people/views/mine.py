"""One's own pages: profile, employer, data."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kpo.audit.log import record
from kpo.people.actions import employer
from kpo.people.actions.profile import change_profile
from kpo.people.forms import EmployerForm, ProfileForm
from kpo.people.limits import within_limit
from kpo.people.models import EmployerChange
from kpo.people.own_data import collect, declared_for
from kpo.people.reader import current_reader, signed_in

TOO_MANY = "Je probeerde dit te vaak. Wacht een uur en probeer het opnieuw."


@login_required
@require_http_methods(["GET", "POST"])
def edit_profile(request: HttpRequest) -> HttpResponse:
    reader = current_reader(request)
    form = ProfileForm(request.POST or None, instance=signed_in(request), reader=reader)
    if request.method == "POST" and form.is_valid():
        change_profile(actor=signed_in(request), fields=form.cleaned_data)
        messages.success(request, "Je profiel is bewaard.")
        return redirect("people:profile")
    if form.is_bound:
        # The form has put its values on the person of this request: the header shows that name.
        signed_in(request).refresh_from_db()
    status = 422 if form.is_bound else 200
    return render(request, "people/profile_form.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def change_employer(request: HttpRequest) -> HttpResponse:
    form = EmployerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and ask_change(request, form):
        return redirect("people:employer")
    words = {
        "form": form,
        "change": EmployerChange.objects.open().filter(person=signed_in(request)).first(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "people/employer.html", words, status=status)


def ask_change(request: HttpRequest, form: EmployerForm) -> bool:
    """Whether the change was asked for; if not, the form says why."""
    if not within_limit(request, "change_employer"):
        form.add_error(None, TOO_MANY)
        return False
    try:
        employer.ask_change(actor=signed_in(request), **form.cleaned_data)
    except ValidationError as error:
        form.add_error("email", error)
        return False
    return True


@login_required
@require_POST
def cancel_employer(request: HttpRequest) -> HttpResponse:
    employer.cancel_change(actor=signed_in(request))
    messages.success(request, "Je blijft bij je organisatie. Er is niets veranderd.")
    return redirect("people:employer")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def prove_address(request: HttpRequest, token: str) -> HttpResponse:
    """A button, not a bare link: mail scanners follow links by themselves."""
    if request.method == "GET":
        return render(request, "people/prove_address.html")
    try:
        employer.prove_address(actor=signed_in(request), secret=token)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("people:employer")


@login_required
@require_GET
def own_data(request: HttpRequest) -> HttpResponse:
    return render(request, "people/own_data.html", {"groups": declared_for(signed_in(request))})


@login_required
@require_POST
def download_own_data(request: HttpRequest) -> HttpResponse:
    if not within_limit(request, "export_own_data"):
        messages.error(request, TOO_MANY)
        return redirect("people:own_data")
    data = collect(signed_in(request))
    record("people.export_own_data", actor=signed_in(request), obj=signed_in(request))
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = f"kpo-gegevens-{timezone.localdate():%Y-%m-%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    return redirect("people:profile")
