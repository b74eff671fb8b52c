"""A session begins anew at signing in, ends when it must, and half of one is none."""

import os
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connections
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from kpo.people.actions.accounts import deactivate
from kpo.people.jobs import apply_retention
from kpo.people.limits import within_limit
from kpo.people.management.commands.demo_code import current_code
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.people import PASSWORD, UserFactory, secret_of
from tests.house.routes import routes

pytestmark = pytest.mark.django_db
LOGIN = "/inloggen/"
NEW = "een-heel-andere-zin-7"


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def enter(client: Client, person: User, password: str = PASSWORD) -> None:
    client.post(LOGIN, {"login": person.email, "password": password})


def is_signed_in(client: Client) -> bool:
    return client.get("/mijn/profiel/").status_code == 200


def test_the_session_of_before_is_worthless_after_each_step(client: Client) -> None:
    person = UserFactory(factor=True)
    client.get("/wachtwoord-vergeten/")
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    enter(client, person)
    halfway = client.session.session_key
    client.post("/inloggen/tweede-stap/", {"code": current_code(secret_of(person))})
    assert is_signed_in(client)
    assert client.session.session_key not in (planted, halfway)
    for old in (planted, halfway):
        thief = Client()
        thief.cookies["sessionid"] = old
        assert not is_signed_in(thief)


def test_a_changed_password_ends_the_other_sessions_and_not_this_one() -> None:
    person = UserFactory()
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        enter(client, person)
        assert is_signed_in(client)
    here.post("/mijn/wachtwoord/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


def test_a_stopped_person_is_out_of_open_pages_files_and_feeds_too(
    sign_in: Callable[[User], Client],
) -> None:
    person = UserFactory()
    client = sign_in(person)
    assert client.get("/zoeken/").wsgi_request.reader.person == person
    deactivate(actor=None, person=person)
    for path in ("/", "/zoeken/", "/robots.txt"):
        assert client.get(path).wsgi_request.reader.is_anonymous


def opened(client: Client) -> dict[str, tuple[int, str]]:
    """How every address of the site answers this visitor, without what a session would change."""
    found = {}
    for route in routes():
        if route.path and not route.name.startswith(("account_", "mfa_", "socialaccount_")):
            answer = client.get(route.path)
            found[route.path] = (answer.status_code, answer.headers.get("Location", ""))
    return found


def test_half_a_sign_in_opens_what_a_stranger_opens_and_no_more() -> None:
    halfway = Client(raise_request_exception=False)
    enter(halfway, UserFactory(roles=[Role.ADMINISTRATOR]))
    assert "account_login" in halfway.session
    stranger = opened(Client(raise_request_exception=False))
    assert len(stranger) > 150
    assert opened(halfway) == stranger


def test_a_recovery_code_works_once() -> None:
    person = UserFactory(factor=True)
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    outcomes = []
    for _ in range(2):
        client = Client()
        enter(client, person)
        client.post("/inloggen/tweede-stap/", {"code": code})
        outcomes.append(is_signed_in(client))
    assert outcomes == [True, False]
    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_a_session_that_ran_out_is_removed_with_the_address_in_it() -> None:
    person, client = UserFactory(), Client()
    enter(client, person)
    key = client.session.session_key
    apply_retention.call()
    assert Session.objects.filter(pk=key).exists()
    Session.objects.filter(pk=key).update(expire_date=timezone.now())
    apply_retention.call()
    assert not Session.objects.filter(pk=key).exists()


# --- Limits ---
@pytest.mark.django_db(transaction=True)
def test_a_limit_counts_what_another_process_used_up(settings: Settings) -> None:
    settings.KPO_RATE_LIMITS = {"proof": "3/m/ip"}
    request = RequestFactory().get("/")
    assert [within_limit(request, "proof") for _ in range(2)] == [True, True]
    connections.close_all()
    child = os.fork()
    if child == 0:
        allowed = [within_limit(request, "proof") for _ in range(2)]
        os._exit(0 if allowed == [True, False] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert not within_limit(request, "proof")


def test_many_other_entries_do_not_wash_a_limit_away(settings: Settings) -> None:
    settings.KPO_RATE_LIMITS = {"proof": "1/m/ip"}
    request = RequestFactory().get("/")
    assert within_limit(request, "proof")
    # Django's own maximum is 300, after which a third of all entries goes.
    for number in range(320):
        cache.set(f"other-{number}", number, 600)
    assert not within_limit(request, "proof")
