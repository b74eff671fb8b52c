"""People and organisations in the states the tests need."""

from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from kpo.people.choices import Kind, Region, Sector
from kpo.people.models import Circle, CirclePart, Organisation, User
from kpo.people.roles import Role

PASSWORD = "een-lange-proefzin-42"


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation
        django_get_or_create = ("name",)

    class Params:
        private = factory.Trait(
            kind=Kind.PRIVATE,
            sector=Sector.BANK,
            name=factory.Sequence(lambda n: f"Bank {n}"),
        )

    name = factory.Sequence(lambda n: f"Gemeente {n}")
    kind = Kind.PUBLIC
    sector = Sector.MUNICIPALITY
    region = Region.MIDDEN_NEDERLAND


class UserFactory(DjangoModelFactory[User]):
    """An active reader of a public partner, with a verified address.

    `roles=[Role.EDITOR]` gives roles, `factor=True` a second factor (also given with roles that
    need one, unless `factor=False`), `private=True` an organisation of a private partner.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        private = factory.Trait(
            organisation=factory.SubFactory(OrganisationFactory, private=True),
        )
        stopped = factory.Trait(is_active=False, left_because="stopped")

    first_name = factory.Sequence(lambda n: f"Voornaam{n}")
    last_name = factory.Sequence(lambda n: f"Achternaam{n}")
    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.nl")
    organisation = factory.SubFactory(OrganisationFactory)
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def address(self: User, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)

    @factory.post_generation
    def roles(self: User, create: bool, extracted: list[Role] | None, **kwargs: Any) -> None:
        for role in extracted or ():
            self.groups.add(Group.objects.get_or_create(name=role)[0])

    @factory.post_generation
    def factor(self: User, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if extracted or (extracted is None and self.groups.exists()):
            give_factor(self)


def give_factor(user: User) -> Authenticator:
    """Set up a time-based code for this person."""
    return TOTP.activate(user, generate_totp_secret()).instance


class CircleFactory(DjangoModelFactory[Circle]):
    """A circle; `parts=[("sector", "riec")]` says who is in it."""

    class Meta:
        model = Circle
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Kring {n}")

    @factory.post_generation
    def parts(self: Circle, create: bool, extracted: Any, **kwargs: Any) -> None:
        for kind, value in extracted or ():
            CirclePart.objects.create(circle=self, kind=kind, value=value)


def secret_of(user: User) -> str:
    """The secret of the time-based code that `give_factor` set up."""
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return str(decrypt(row.data["secret"]))
