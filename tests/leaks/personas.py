"""Who asks: every kind of visitor that exists, with what each holds written down by hand.

`holds` is not computed by the code under test: it is what DESIGN says this persona may read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client

from kpo.people import tokens
from kpo.people.choices import Sector
from kpo.people.models import Circle, User
from kpo.people.roles import Role
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
ACCOUNT = frozenset({tokens.PUBLIC, tokens.ACCOUNTS})
PUBLIC_PARTNER = ACCOUNT | {tokens.PUBLIC_SECTOR}


@dataclass
class Persona:
    """A visitor: name, what that visitor holds, the person if any, and the roles."""

    name: str
    holds: frozenset[str]
    person: User | None = None
    roles: frozenset[Role] = frozenset()
    client: Client = field(default_factory=Client)

    def may_read(self, audience: str) -> bool:
        return audience in self.holds

    def has_role(self, *roles: Role) -> bool:
        return bool(self.roles & set(roles))


def _signed_in(name: str, holds: frozenset[str], person: User, *roles: Role) -> Persona:
    persona = Persona(name, holds, person, frozenset(roles))
    persona.client.force_login(person, backend=BACKEND)
    return persona


def _with_role(role: Role) -> Persona:
    person = UserFactory(email=f"{role.value}@persona.example", roles=[role])
    return _signed_in(role.value, PUBLIC_PARTNER, person, role)


def circle_of(sector: str) -> Circle:
    return CircleFactory(name="Kring van de proef", parts=[("sector", sector)])


def make_personas(circle: Circle) -> dict[str, Persona]:
    """All personas by name; `circle` is one that the sector RIEC is part of."""
    held = tokens.circle_token(circle.uuid)
    riec = OrganisationFactory(name="RIEC Proef", sector=Sector.RIEC)
    member = UserFactory(email="kringlid@persona.example", organisation=riec)
    granted = UserFactory(email="genoemd@persona.example")
    circle.grants.create(person=granted)
    former = UserFactory(email="oudlid@persona.example")
    circle.grants.create(person=former).delete()
    personas = [
        Persona("anonymous", frozenset({tokens.PUBLIC})),
        _signed_in(
            "private_account", ACCOUNT, UserFactory(email="bank@persona.example", private=True)
        ),
        _signed_in("public_account", PUBLIC_PARTNER, UserFactory(email="gemeente@persona.example")),
        _signed_in("circle_member", PUBLIC_PARTNER | {held}, member),
        _signed_in("circle_member_by_name", PUBLIC_PARTNER | {held}, granted),
        _signed_in("former_circle_member", PUBLIC_PARTNER, former),
        *(_with_role(role) for role in Role if role is not Role.READER),
        _deactivated(),
        _half_signed_in(),
    ]
    return {persona.name: persona for persona in personas}


def _deactivated() -> Persona:
    """Signed in while active, switched off since; the session cookie is still there."""
    person = UserFactory(email="uitgezet@persona.example")
    persona = _signed_in("deactivated", frozenset({tokens.PUBLIC}), person)
    User.objects.filter(pk=person.pk).update(is_active=False, left_because="stopped")
    return persona


def _half_signed_in() -> Persona:
    """Gave the password and not the second step."""
    from tests.factories.people import PASSWORD

    person = UserFactory(email="halverwege@persona.example", factor=True)
    persona = Persona("half_signed_in", frozenset({tokens.PUBLIC}), person)
    persona.client.post("/inloggen/", {"login": person.email, "password": PASSWORD})
    return persona


ReadBy = Callable[[Persona], bool]
