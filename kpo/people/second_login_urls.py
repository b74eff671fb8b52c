"""Doors that libraries bring along and that would let someone in by a bare password.

Stands in front of Wagtail's own addresses. Each leads to the one sign-in page, where a second
step is asked; what was posted to it is not looked at.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, re_path, reverse
from django.views.decorators.csrf import csrf_exempt


# Nothing is read or changed here, so a post without a token is sent on like any other.
@csrf_exempt
def to_sign_in(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("account_login"))


@csrf_exempt
def to_sign_out(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("account_logout"))


# Open to everyone, whatever stands behind their addresses.
DOORS = frozenset({to_sign_in, to_sign_out})

urlpatterns = [
    path("cms/login/", to_sign_in),
    path("cms/logout/", to_sign_out),
    re_path(r"^cms/password_reset/.*$", to_sign_in),
    re_path(r"^_util/.*$", to_sign_in),
]
