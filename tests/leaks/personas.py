"""Who asks: every kind of visitor that exists, with what each holds written down by hand.

`holds` is not computed by the code under test: it is what DESIGN says this persona may read.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.test import Client

from kpo.people import tokens
from kpo.people.actions.erasure import erase_person
from kpo.people.choices import Sector
from kpo.people.models import Circle, User
from kpo.people.roles import Role
from tests.factories.people import PASSWORD, CircleFactory, OrganisationFactory, UserFactory

LONGEST_WALK = 24 * 3600
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
    """Signed in just now and for as long as the walk lasts, second step included."""
    persona = Persona(name, holds, person, frozenset(roles))
    persona.client.force_login(person, backend=BACKEND)
    session = persona.client.session
    said = {"at": time.time() + LONGEST_WALK, "email": person.email, "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", **said},
        {"method": "mfa", "type": "totp", **said},
    ]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(person.pk)
    session.save()
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
        _circle_editor(circle, held),
        _signed_in(
            "changing_employer", PUBLIC_PARTNER, UserFactory(email="wisselt@persona.example")
        ),
        # Has the link of an invitation and no account yet.
        Persona("invited", frozenset({tokens.PUBLIC})),
        _without_factor(),
        _deactivated(),
        _erased(),
        _half_signed_in(),
    ]
    return {persona.name: persona for persona in personas}


def _circle_editor(circle: Circle, held: str) -> Persona:
    """Keeps the pages of a circle of which this editor is part."""
    person = UserFactory(email="kringredacteur@persona.example", roles=[Role.EDITOR])
    circle.grants.create(person=person)
    return _signed_in("circle_editor", PUBLIC_PARTNER | {held}, person, Role.EDITOR)


def _without_factor() -> Persona:
    """Has a role that asks for a second factor, and has set up none: reads as a stranger."""
    person = UserFactory(email="zonder@persona.example", roles=[Role.EDITOR], factor=False)
    return _signed_in("factor_not_set_up", frozenset({tokens.PUBLIC}), person)


def _erased() -> Persona:
    """Was erased on request; the session cookie is still in the browser."""
    person = UserFactory(email="gewist@persona.example")
    persona = _signed_in("erased", frozenset({tokens.PUBLIC}), person)
    erase_person(actor=None, person=person, reason="Op verzoek.")
    return persona


def _deactivated() -> Persona:
    """Signed in while active, switched off since; the session cookie is still there."""
    person = UserFactory(email="uitgezet@persona.example")
    persona = _signed_in("deactivated", frozenset({tokens.PUBLIC}), person)
    User.objects.filter(pk=person.pk).update(is_active=False, left_because="stopped")
    return persona


def _half_signed_in() -> Persona:
    """Gave the password and not the second step."""
    person = UserFactory(email="halverwege@persona.example", factor=True)
    persona = Persona("half_signed_in", frozenset({tokens.PUBLIC}), person)
    persona.client.post("/inloggen/", {"login": person.email, "password": PASSWORD})
    return persona


ReadBy = Callable[[Persona], bool]
