"""A phone falls in the canal: two administrators help, and nobody else gets in meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from kpo.audit.models import Entry
from kpo.people.management.commands.demo_code import current_code
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.people import PASSWORD, UserFactory, secret_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
STEP = "/inloggen/tweede-stap/"
SET_UP = "/mijn/beveiliging/instellen/"


def test_two_administrators_bring_someone_back(
    sign_in: Callable[[User], Client], drain: Callable[[], int]
) -> None:
    one, two = (UserFactory(roles=[Role.ADMINISTRATOR]) for _ in range(2))
    noor = UserFactory(first_name="Noor", last_name="Smit", roles=[Role.EDITOR])
    lost = secret_of(noor)
    # The phone is gone; a tab that was open somewhere still is.
    elsewhere = sign_in(noor)
    door = Client()
    answer = door.post("/inloggen/", {"login": noor.email, "password": PASSWORD})
    assert answer["Location"] == STEP

    # She calls. One administrator asks, and cannot do it alone.
    first, second = sign_in(one), sign_in(two)
    path = f"/cms/mensen/{noor.uuid}/"
    first.post(f"{path}tweede-stap/", {"reason": "Teruggebeld op het nummer van de balie."})
    drain()
    assert [message.to for message in mail.outbox] == [[two.email]]
    consent = f"/cms/mensen/tweede-stap/{noor.factor_resets.get().uuid}/instemmen/"
    first.post(consent)
    door.post(STEP, {"code": "000000"})
    assert noor.authenticator_set.exists()
    assert elsewhere.get("/mijn/profiel/").status_code == 200

    # The other sees the reason and consents: the factor is gone and so is every session.
    assert "nummer van de balie" in second.get("/cms/mensen/tweede-stap/").content.decode()
    second.post(consent)
    assert elsewhere.get("/mijn/profiel/")["Location"].startswith("/inloggen/")
    drain()
    assert mail.outbox[-1].to == [noor.email]

    bring_back(noor, lost)

    # The log names both administrators, and neither reason nor secret.
    entry = Entry.objects.get(action="people.reset_factor")
    assert (entry.actor_id, entry.details) == (two.uuid, {"asked_by": str(one.uuid)})
    assert not re.search("balie", str(list(Entry.objects.values())))


def bring_back(noor: User, lost: str) -> None:
    """She signs in with her password, and gets no further than setting up a new one."""
    back = Client()
    back.post("/inloggen/", {"login": noor.email, "password": PASSWORD})
    for closed in ("/", "/cms/", "/mijn/profiel/", "/zoeken/"):
        assert back.get(closed)["Location"] == SET_UP
    page = back.get("/mijn/beveiliging/app/", follow=True)
    page = back.post(page.redirect_chain[0][0], {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    assert secret != lost
    back.post("/mijn/beveiliging/app/", {"code": current_code(secret)})
    assert back.get("/mijn/profiel/").status_code == 200

    # The old phone, if someone finds it, opens nothing.
    finder = Client()
    finder.post("/inloggen/", {"login": noor.email, "password": PASSWORD})
    finder.post(STEP, {"code": current_code(lost)})
    assert finder.get("/mijn/profiel/").status_code == 302
