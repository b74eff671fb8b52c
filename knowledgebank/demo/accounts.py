"""Organisations, people and circles of the demo. Passwords and second steps are public."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from knowledgebank.demo.content import Content
from kpo.audit.log import record
from kpo.people.actions.circles import save_circle
from kpo.people.models import Circle, Organisation, User
from kpo.people.roles import LINES, Role

# The same for everyone: who can reach a demo may be anyone in it.
PASSWORD = "molen-dijk-fiets-2026"  # noqa: S105  printed by the command and in the README
SECRET_BYTES = 20  # As long as the secrets that allauth makes itself.


def plant_organisations(content: Content) -> dict[str, Organisation]:
    """Organisations by key; those that are there, by name, stay as they are."""
    names = [facts["name"] for facts in content.organisations.values()]
    there = {row.name: row for row in Organisation.objects.filter(name__in=names)}
    return {
        key: there.get(facts["name"]) or _organisation(facts)
        for key, facts in content.organisations.items()
    }


def _organisation(facts: dict[str, Any]) -> Organisation:
    fields = {name: facts[name] for name in ("name", "short_name", "kind", "sector", "region")}
    organisation = Organisation(email_domains=facts["domains"], **fields)
    organisation.full_clean()
    organisation.save()
    return organisation


def plant_people(content: Content, organisations: dict[str, Organisation]) -> dict[str, User]:
    """People by address; those that are there stay as they are."""
    addresses = [facts["email"] for facts in content.people]
    there = {person.email: person for person in User.objects.filter(email__in=addresses)}
    return {
        facts["email"]: there.get(facts["email"])
        or _person(facts, organisations[facts["organisation"]])
        for facts in content.people
    }


@transaction.atomic
def _person(facts: dict[str, Any], organisation: Organisation) -> User:
    fields = ("email", "first_name", "last_name", "function", "expertise")
    person = User.objects.create(
        organisation=organisation,
        password=_hashed_password(),
        interests=facts.get("interests", []),
        in_directory=facts.get("listed", False),
        **{name: facts[name] for name in fields},
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    roles = roles_of(facts)
    if roles:
        person.groups.add(*Group.objects.filter(name__in=roles))
        TOTP.activate(person, secret_of(person.email))
        # Not `set_roles`: that tells the person by mail, and nobody reads these addresses.
        details = {"given": sorted(roles), "taken": []}
        record("people.set_roles", actor=None, obj=person, details=details)
    return person


@cache
def _hashed_password() -> str:
    """Made once: hashing is slow on purpose, and hides nothing where all have the same password."""
    return make_password(PASSWORD)


def roles_of(facts: dict[str, Any]) -> list[Role]:
    return [Role(key) for key in facts["roles"]]


def secret_of(email: str) -> str:
    """The secret of a demo person's second step, the same on every machine."""
    digest = hashlib.sha256(f"kpo-demo:{email}".encode()).digest()
    return base64.b32encode(digest[:SECRET_BYTES]).decode()


def plant_circles(content: Content, administrator: User) -> dict[str, Circle]:
    """Circles by key; those that are there, by name, stay as they are."""
    return {
        key: Circle.objects.filter(name=facts["name"]).first() or _circle(facts, administrator)
        for key, facts in content.circles.items()
    }


def _circle(facts: dict[str, Any], administrator: User) -> Circle:
    return save_circle(
        actor=administrator,
        circle=Circle(name=facts["name"], purpose=facts["purpose"]),
        parts=[(part["kind"], part["value"]) for part in facts["parts"]],
    )


def listed(content: Content) -> list[dict[str, Any]]:
    """One row per demo person that is there, for who wants to sign in.

    Keys: email, password, role (a Dutch label), name, organisation, second_step (whether a code is
    asked for, which `manage.py demo_code EMAIL` prints).
    """
    people = User.objects.filter(is_active=True).select_related("organisation")
    there = people.in_bulk([facts["email"] for facts in content.people], field_name="email")
    second_step = set(
        Authenticator.objects.filter(user__in=there.values()).values_list("user__email", flat=True)
    )
    return [
        {
            "email": facts["email"],
            "password": PASSWORD,
            "role": LINES[(roles_of(facts) or [Role.READER])[0]].label,
            "name": there[facts["email"]].get_full_name(),
            "organisation": there[facts["email"]].organisation.name,
            "second_step": facts["email"] in second_step,
        }
        for facts in content.people
        if facts["email"] in there
    ]
