"""Signing in: one door, a second step, and the same answer whoever asks."""

import re
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from pytest_django import Settings

from kpo import jobs
from kpo.audit.models import Entry
from kpo.audit.origin import client_address
from kpo.people.management.commands.demo_code import current_code
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.people import PASSWORD, UserFactory, give_factor, secret_of

DELIVER = "kpo.people.mail.deliver"
pytestmark = pytest.mark.django_db
LOGIN = "/inloggen/"


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in_with(client: Client, email: str, password: str = PASSWORD) -> object:
    return client.post(LOGIN, {"login": email, "password": password})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_reader_signs_in_with_address_and_password(client: Client) -> None:
    person = UserFactory(email="lees@voorbeeld.nl")
    assert sign_in_with(client, "Lees@Voorbeeld.nl ").status_code == 302
    assert is_signed_in(client)
    assert Entry.objects.filter(action="people.sign_in", actor_id=person.uuid).exists()


def test_a_half_finished_second_step_gives_nothing(client: Client) -> None:
    person = UserFactory(factor=True)
    assert sign_in_with(client, person.email)["Location"] == "/inloggen/tweede-stap/"
    assert not is_signed_in(client)
    for path in ("/mijn/profiel/", "/mensen/", f"/mensen/{person.uuid}/", "/cms/", "/organisatie/"):
        assert client.get(path)["Location"].startswith(LOGIN)


def test_the_second_step_completes_with_a_code(client: Client) -> None:
    person = UserFactory(factor=True)
    sign_in_with(client, person.email)
    answer = client.post("/inloggen/tweede-stap/", {"code": "000000"})
    assert not is_signed_in(client)
    assert answer.status_code == 200
    client.post("/inloggen/tweede-stap/", {"code": current_code(secret_of(person))})
    assert is_signed_in(client)


def test_a_code_works_once(client: Client) -> None:
    person = UserFactory(factor=True)
    code = current_code(secret_of(person))
    for visitor, expected in ((client, True), (Client(), False)):
        sign_in_with(visitor, person.email)
        visitor.post("/inloggen/tweede-stap/", {"code": code})
        assert is_signed_in(visitor) is expected


def test_the_secret_of_a_second_factor_is_stored_sealed() -> None:
    person = UserFactory()
    row = give_factor(person)
    assert secret_of(person) not in str(row.data)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.READER])
def test_every_role_above_reader_must_set_up_a_second_factor(
    role: Role, sign_in: Callable[[User], Client]
) -> None:
    person = UserFactory(roles=[role], factor=False)
    client = sign_in(person)
    for path in ("/", "/mijn/profiel/", "/cms/", "/organisatie/", f"/mensen/{person.uuid}/"):
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer["Location"] == "/mijn/beveiliging/instellen/", path
    assert client.get("/mijn/beveiliging/instellen/").status_code == 200
    give_factor(person)
    assert client.get("/mijn/profiel/").status_code == 200


def test_a_permission_for_the_cms_asks_for_a_second_factor_too(
    sign_in: Callable[[User], Client],
) -> None:
    from django.contrib.auth.models import Permission

    person = UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert sign_in(person).get("/mijn/profiel/")["Location"] == "/mijn/beveiliging/instellen/"


def test_a_reader_needs_no_second_factor(sign_in: Callable[[User], Client]) -> None:
    assert sign_in(UserFactory()).get("/mijn/profiel/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(sign_in: Callable[[User], Client]) -> None:
    person = UserFactory(roles=[Role.EDITOR], factor=False)
    Authenticator.objects.create(user=person, type="recovery_codes", data={})
    assert sign_in(person).get("/mijn/profiel/")["Location"] == "/mijn/beveiliging/instellen/"


def test_pages_to_set_up_a_second_factor_ask_who_you_are_and_open(client: Client) -> None:
    person = UserFactory(roles=[Role.EDITOR], factor=False)
    sign_in_with(client, person.email)
    page = client.get("/mijn/beveiliging/app/", follow=True)
    assert page.redirect_chain == [
        ("/mijn/beveiliging/bevestigen/?next=%2Fmijn%2Fbeveiliging%2Fapp%2F", 302)
    ]
    page = client.post(page.redirect_chain[0][0], {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    done = client.post("/mijn/beveiliging/app/", {"code": current_code(secret)})
    assert done.status_code == 302
    assert client.get("/mijn/profiel/").status_code == 200


def every_route() -> Iterator[str]:
    def walk(patterns: list[object], prefix: str) -> Iterator[str]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, route)
            else:
                yield route

    yield from walk(get_resolver().url_patterns, "")


def fill(route: str) -> str:
    """A path for a route, with something plausible in each place."""
    path = re.sub(r"\(\?P<\w+>[^)]*\)|<int:[^>]*>|\(\\d\+\)", "1", route)
    path = re.sub(r"<uuid:[^>]*>", "5b1ad2f6-6f6e-4a4a-9f0e-2f6f0e0c0a11", path)
    path = re.sub(r"<sealed[^>]*>", "0" * 32, path)
    path = re.sub(r"<[^>]*>", "x", path)
    path = re.sub(r"\(\?:[^)]*\)\??|\(\[[^)]*\)|[\^$\\]|\([^)]*\)|\.\*", "", path)
    return f"/{path.lstrip('/')}"


def test_no_address_of_the_site_signs_in_with_a_bare_password() -> None:
    person = UserFactory(roles=[Role.ADMINISTRATOR], email="beheer@voorbeeld.nl")
    credentials = {
        "login": person.email,
        "username": person.email,
        "email": person.email,
        "password": PASSWORD,
    }
    routes = sorted(set(every_route()))
    assert len(routes) > 100
    for route in routes:
        visitor = Client(raise_request_exception=False)
        visitor.post(fill(route), credentials)
        assert not is_signed_in(visitor), route


@pytest.mark.parametrize(
    "path",
    [
        "/cms/login/",
        "/cms/password_reset/",
        "/cms/password_reset/confirm/x/y/",
        "/_util/login/",
        "/_util/authenticate_with_password/1/1/",
    ],
)
def test_doors_of_libraries_lead_to_the_one_door(path: str) -> None:
    visitor = Client(enforce_csrf_checks=True)
    for answer in (visitor.get(path), visitor.post(path, {"password": "x"})):
        assert answer.status_code == 302
        assert answer["Location"].startswith(LOGIN)


def test_the_cms_sends_a_stranger_to_the_one_door(client: Client) -> None:
    assert client.get("/cms/")["Location"] == "/inloggen/?next=/cms/"


@pytest.mark.parametrize("path", ["/mijn/", "/mensen/x/", "/organisatie", "/cms/x/", "/MIJN/x"])
def test_closed_prefixes_send_strangers_to_sign_in_existing_or_not(
    client: Client, path: str
) -> None:
    assert client.get(path)["Location"].startswith("/inloggen/?next=")


def test_nobody_signs_up(client: Client) -> None:
    before = User.objects.count()
    for path in ("/aanmelden/", "/inloggen/elders/aanmelden/"):
        answer = client.post(path, {"email": "nieuw@voorbeeld.nl", "password1": PASSWORD})
        assert answer["Location"] == "/account-aanvragen/"
    assert User.objects.count() == before


# --- The same answer whoever asks ---
def body(response: object) -> str:
    """A page without what differs between any two requests."""
    text = response.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    text = re.sub(r'nonce="[^"]+"', "", text)
    return re.sub(r"[\w.]+@voorbeeld\.nl", "ADDRESS", text)


def test_sign_in_says_the_same_for_every_wrong_pair() -> None:
    known = UserFactory(email="bekend@voorbeeld.nl")
    UserFactory(email="gestopt@voorbeeld.nl", stopped=True)
    answers = [
        Client().post(LOGIN, {"login": address, "password": "fout-en-lang-genoeg"})
        for address in (known.email, "gestopt@voorbeeld.nl", "onbekend@voorbeeld.nl")
    ]
    assert len({(a.status_code, body(a)) for a in answers}) == 1


def test_sign_in_hashes_once_for_known_and_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, password, salt: hashed.append(password) or encode(self, password, salt),
    )
    UserFactory(email="bekend@voorbeeld.nl")
    counts = {}
    for address in ("bekend@voorbeeld.nl", "onbekend@voorbeeld.nl"):
        hashed.clear()
        Client().post(LOGIN, {"login": address, "password": "fout-en-lang-genoeg"})
        counts[address] = len(hashed)
    assert set(counts.values()) == {1}


def test_password_reset_answers_and_mails_the_same_for_known_and_unknown() -> None:
    UserFactory(email="bekend@voorbeeld.nl")
    UserFactory(email="gestopt@voorbeeld.nl", stopped=True)
    answers = set()
    for address in ("bekend@voorbeeld.nl", "onbekend@voorbeeld.nl", "gestopt@voorbeeld.nl"):
        before = jobs.pending(task=DELIVER)
        answer = Client().post("/wachtwoord-vergeten/", {"email": address})
        answers.add(
            (
                answer.status_code,
                answer["Location"],
                jobs.pending(task=DELIVER) - before,
            )
        )
    assert answers == {(302, "/wachtwoord-vergeten/verstuurd/", 1)}
    jobs.drain()
    assert len({message.subject for message in mail.outbox}) == 1


def test_a_reset_link_names_the_sites_own_host_and_no_number() -> None:
    person = UserFactory(email="bekend@voorbeeld.nl")
    Client(headers={"host": "testserver"}).post("/wachtwoord-vergeten/", {"email": person.email})
    jobs.drain()
    link = re.search(r"http\S+", mail.outbox[0].body)[0]
    assert link.startswith("http://localhost:")
    path = re.sub(r"^http://[^/]+", "", link)
    visitor = Client()
    form = visitor.get(path, follow=True)
    done = visitor.post(
        form.redirect_chain[-1][0],
        {"password1": "een-heel-andere-zin-7", "password2": "een-heel-andere-zin-7"},
    )
    assert done["Location"] == "/wachtwoord-vergeten/klaar/"
    assert sign_in_with(Client(), person.email, "een-heel-andere-zin-7").status_code == 302


def test_a_reset_does_not_skip_the_second_step(client: Client) -> None:
    person = UserFactory(factor=True)
    person.set_password("een-heel-andere-zin-7")
    person.save()
    sign_in_with(client, person.email, "een-heel-andere-zin-7")
    assert not is_signed_in(client)


# --- Limits ---
def test_limits_hold_across_processes_and_are_not_fooled_by_a_header() -> None:
    person = UserFactory()
    for attempt in range(5):
        sign_in_with(
            Client(headers={"x-forwarded-for": f"203.0.113.{attempt}"}), person.email, "fout"
        )
    # Nothing of the count is in this process: the cache is a table.
    assert sign_in_with(Client(), person.email).status_code == 200
    visitor = Client(headers={"x-forwarded-for": "198.51.100.9"})
    sign_in_with(visitor, person.email)
    assert not is_signed_in(visitor)


def test_the_cache_that_counts_is_a_table_with_room(settings: Settings) -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("db.DatabaseCache")
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000


@pytest.mark.parametrize(
    ("trusted", "header", "address"),
    [
        (0, "203.0.113.7", "10.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.1"),
        (1, "not-an-address", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_saw_is_believed(
    settings: Settings, trusted: int, header: str, address: str
) -> None:
    settings.KPO_TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", headers={"x-forwarded-for": header}, REMOTE_ADDR="10.0.0.1")
    assert client_address(request) == address


def test_sign_in_does_not_follow_next_to_another_site(client: Client) -> None:
    person = UserFactory()
    answer = client.post(
        LOGIN, {"login": person.email, "password": PASSWORD, "next": "https://kwaad.example/"}
    )
    assert answer["Location"] == "/"


def test_keys_in_addresses_show_no_order() -> None:
    paths = [reverse("mfa_edit_webauthn", kwargs={"pk": pk}) for pk in range(1, 30)]
    assert len({path[:30] for path in paths}) > 5
    assert paths == [reverse("mfa_edit_webauthn", kwargs={"pk": pk}) for pk in range(1, 30)]


def test_without_settings_there_is_no_sign_in_elsewhere(client: Client) -> None:
    assert "werkplek" not in client.get(LOGIN).content.decode()
    assert client.post("/inloggen/elders/werkplek/").status_code == 404
