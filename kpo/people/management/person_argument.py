"""How the commands about one person find that person."""

from django.core.management.base import CommandError

from kpo.people.models import User


def person_with(address: str) -> User:
    """The person with this address; raises CommandError with a sentence if there is none."""
    person = User.objects.filter(email=address.strip().lower()).first()
    if person is None:
        raise CommandError(f"Er is geen account met het adres {address}.")
    return person
