"""What every verb does first: is this actor allowed to."""

from django.core.exceptions import PermissionDenied

from kpo.people.models import User
from kpo.people.reader import Reader, reader_for


def require(allowed: bool) -> None:
    """Raise PermissionDenied unless `allowed`; the screens never offer what would end here."""
    if not allowed:
        raise PermissionDenied("Hiervoor heb je geen rechten.")


def acting(actor: User) -> Reader:
    """What the actor may do now, read from the database and not from the request."""
    return reader_for(User.objects.get(pk=actor.pk))
