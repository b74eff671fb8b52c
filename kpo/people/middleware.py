"""Puts the reader on the request, and keeps the closed parts of the site closed."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from kpo.people import factor
from kpo.people.models import User
from kpo.people.reader import current_reader, with_standing

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# What starts like this is signed-in territory, whether it exists or not.
CLOSED_PREFIXES = (
    "/mijn/",
    "/mensen/",
    "/organisatie/",
    "/praktijk-aanbieden/",
    "/redactieraad/",
    "/cms/",
    "/communities/",
    "/academie/",
)


class ReaderMiddleware:
    """Sets `request.reader`, built when first asked for, and notes the day a person came by."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        vars(request)["reader"] = SimpleLazyObject(lambda: current_reader(request))
        response = self.get_response(request)
        note_visit(request)
        return response


def note_visit(request: HttpRequest) -> None:
    """Write the day of the last visit, at most once a day and only if the person was looked up."""
    person = getattr(request, "_cached_user", None)
    if person is None or not person.is_authenticated:
        return
    today = timezone.localdate()
    if person.last_active_on != today:
        User.objects.filter(pk=person.pk).update(last_active_on=today, dormancy_warned_on=None)


class ClosedPrefixMiddleware:
    """Sends strangers to sign-in from every closed path, so that existence cannot be probed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_closed(request.path_info) and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return self.get_response(request)


def is_closed(path: str) -> bool:
    folded = path.lower()
    return folded.startswith(CLOSED_PREFIXES) or f"{folded}/" in CLOSED_PREFIXES


class SecondFactorMiddleware:
    """Gives who must still set up a second factor the pages for that, and no others."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is not None and match.view_name in OPEN_VIEWS:
            return None
        person = with_standing(request.user)
        if person is None or not factor.is_missing_for(person):
            return None
        return HttpResponseRedirect(reverse("people:set_up_factor"))


# Setting up, proving who one is again for that, and leaving: the site, or a mailing.
OPEN_VIEWS = frozenset(
    {
        "people:set_up_factor",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_logout",
        "inbox:unsubscribe",
    }
)
