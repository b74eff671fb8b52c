"""Changing employer from start to end, through the pages and mails that people see."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import Comment

from kpo.people import tokens
from kpo.people.management.commands.demo_code import current_code
from kpo.people.models import Organisation, User
from kpo.people.roles import Role
from tests.factories.pages import home_page, theme_page
from tests.factories.people import (
    PASSWORD,
    CircleFactory,
    OrganisationFactory,
    UserFactory,
    secret_of,
)

pytestmark = pytest.mark.slow
NEW = "sanne@bank.example"


@pytest.fixture
def site(db: None) -> Any:
    return home_page()


def link_in(text: str, start: str) -> str:
    found = re.search(rf"{start}\S+", text)
    assert found, text
    return found[0]


def enter(email: str, person: User) -> Client:
    client = Client()
    client.post("/inloggen/", {"login": email, "password": PASSWORD})
    client.post("/inloggen/tweede-stap/", {"code": current_code(secret_of(person))})
    return client


def test_a_professional_changes_employer(
    site: Any, sign_in: Callable[[User], Client], drain: Callable[[], int]
) -> None:
    # Sanne works for a municipality, is an editor, and was added to a circle by name.
    bank = OrganisationFactory(name="Bank Oost", private=True, email_domains=["bank.example"])
    manager = UserFactory(organisation=bank, roles=[Role.ORGANISATION_ADMINISTRATOR])
    admin = sign_in(UserFactory(roles=[Role.ADMINISTRATOR]))
    sanne = UserFactory(
        first_name="Sanne", last_name="de Wit", email="sanne@utrecht.example", roles=[Role.EDITOR]
    )
    circle = CircleFactory(name="Vastgoed landelijk")
    edit = f"/cms/kringen/edit/{circle.pk}/"
    admin.post(edit, {"name": circle.name, "people": sanne.email})
    for_circle = theme_page(circle.token, title="Alleen voor de kring")
    for_public = theme_page(tokens.PUBLIC_SECTOR, title="Alleen voor publieke partners")
    for_circle.save_revision(user=sanne)
    Comment.objects.create(page=for_public, user=sanne, text="Kijk dit na.", contentpath="title")
    old = sign_in(sanne)
    assert old.get(for_circle.url).status_code == 200
    assert old.get(for_public.url).status_code == 200

    ask(old, bank, drain)
    assert old.get(for_circle.url).status_code == 200
    assert mail.outbox[-1].to == [manager.email]
    confirm(sign_in(manager))

    # Everywhere she was, she is out; with the old address nobody comes in.
    assert old.get("/mijn/profiel/")["Location"].startswith("/inloggen/")
    refused = Client()
    refused.post("/inloggen/", {"login": "sanne@utrecht.example", "password": PASSWORD})
    assert refused.get("/mijn/profiel/").status_code == 302

    # With the new one she does, as a reader of a private partner without circle and role.
    new = enter(NEW, sanne)
    assert "Analist" in new.get("/mijn/profiel/").content.decode()
    for closed in (for_circle.url, for_public.url):
        assert new.get(closed).status_code == 404
    assert new.get(f"/cms/pages/{for_circle.pk}/edit/").status_code in (302, 403, 404)

    decide_what_was_asked_again(admin, sanne)
    assert new.get(for_circle.url).status_code == 200
    drain()
    assert len([message for message in mail.outbox if message.to == [NEW]]) == 4

    # What she wrote is still hers.
    sanne.refresh_from_db()
    assert for_circle.revisions.filter(user=sanne).exists()
    assert str(Comment.objects.get().user) == "Sanne de Wit"
    assert (sanne.organisation, sanne.email) == (bank, NEW)


def ask(old: Client, bank: Organisation, drain: Callable[[], int]) -> None:
    """She says where she will work; the link in the mail to the new address proves it is hers."""
    form = {"organisation": bank.uuid, "email": NEW, "function": "Analist"}
    assert old.post("/mijn/werkgever/", form)["Location"] == "/mijn/werkgever/"
    drain()
    proof = mail.outbox[-1]
    assert proof.to == [NEW]
    old.post(link_in(proof.body, "/mijn/werkgever/bevestigen/"))
    drain()


def confirm(theirs: Client) -> None:
    """The new organisation hears of it and says yes."""
    page = theirs.get("/organisatie/").content.decode()
    theirs.post(link_in(page, "/organisatie/wisselingen/").partition('"')[0])


def decide_what_was_asked_again(admin: Client, sanne: User) -> None:
    """Role and circle were asked again; an administrator gives the circle and not the role."""
    waiting = admin.get("/cms/mensen/hernieuwen/").content.decode()
    assert "Kring: Vastgoed landelijk" in waiting
    assert "Redacteur" in waiting
    answers = {"circle": "geven", "role": "weigeren"}
    for renewal in sanne.renewals.all():
        admin.post(f"/cms/mensen/hernieuwen/{renewal.uuid}/{answers[renewal.kind]}/")
