"""Known, unknown or stopped: the same answer, and about the same work behind it."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kpo.people.actions.requests import request_access
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
KNOWN, STOPPED, UNKNOWN, ASKED = (f"{name}@voorbeeld.nl" for name in ("kk", "gg", "oo", "aa"))
# What a hash of a password or a mail costs is the same; a row more or less is not to be timed.
ROOM = 8
REQUEST = {
    "first_name": "Noor",
    "last_name": "Smit",
    "organisation_name": "Gemeente",
    "function": "Jurist",
    "motivation": "Voor mijn werk.",
}


@pytest.fixture(autouse=True)
def somebody(db: None) -> Iterator[None]:
    cache.clear()
    UserFactory(email=KNOWN)
    UserFactory(email=STOPPED, stopped=True)
    request_access(email=ASKED, **REQUEST)
    yield
    cache.clear()


def sign_in_wrongly(client: Client, address: str) -> tuple[str, dict[str, str]]:
    return "/inloggen/", {"login": address, "password": "fout-en-lang-genoeg"}


def ask_a_new_password(client: Client, address: str) -> tuple[str, dict[str, str]]:
    return "/wachtwoord-vergeten/", {"email": address}


def ask_access(client: Client, address: str) -> tuple[str, dict[str, str]]:
    return "/account-aanvragen/", {**REQUEST, "email": address}


def sign_up(client: Client, address: str) -> tuple[str, dict[str, str]]:
    return "/aanmelden/", {"email": address, "password1": "fout-en-lang-genoeg"}


def invite(client: Client, address: str) -> tuple[str, dict[str, str]]:
    client.force_login(User.objects.get(email="baas@voorbeeld.nl"))
    return "/organisatie/uitnodigen/", {"email": address}


@pytest.mark.parametrize("door", [sign_in_wrongly, ask_a_new_password, ask_access, sign_up, invite])
def test_every_address_gets_the_same_answer_for_about_the_same_work(
    door: Callable[[Client, str], tuple[str, dict[str, str]]],
) -> None:
    UserFactory(email="baas@voorbeeld.nl", roles=[Role.ORGANISATION_ADMINISTRATOR])
    answers, work = set(), []
    # The first one fills what a process keeps.
    for address in ("warm@voorbeeld.nl", KNOWN, STOPPED, UNKNOWN, ASKED):
        client = Client()
        path, form = door(client, address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(path, form)
        if not address.startswith("warm"):
            answers.add((answer.status_code, answer.headers.get("Location", "")))
            work.append(len(queries))
    assert len(answers) == 1
    assert max(work) - min(work) <= ROOM, work
