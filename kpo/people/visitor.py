"""The person behind a request, for views that only signed-in people get."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from kpo.people.models import User


def visitor(request: HttpRequest) -> User:
    """Who is signed in; raises PermissionDenied for a stranger, should one ever get this far."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
