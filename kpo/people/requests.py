"""The person behind a request, for views that only signed-in people get."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from kpo.people.models import User


class SignedInRequest(HttpRequest):
    """What a view behind `login_required` or a closed prefix is handed."""

    user: User


def visitor(request: HttpRequest) -> User:
    """Who is signed in; raises PermissionDenied for a stranger, should one ever get this far."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
