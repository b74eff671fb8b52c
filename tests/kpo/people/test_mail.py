"""Mails about accounts: Dutch, in text and HTML, with links to this site and nothing closed."""

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import SignupClosedException
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core import mail as outgoing
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from kpo import job_failures, jobs
from kpo.people import mail
from kpo.people.actions.erasure import erase_person
from kpo.people.actions.invitations import invite
from kpo.people.actions.roles import set_roles
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
FOLDERS = ("people/mail", "account/email", "mfa/email", "socialaccount/email")
ROOT = Path(settings.BASE_DIR) / "templates"
MAILS = sorted(
    str(path.relative_to(ROOT).with_suffix(""))
    for folder in FOLDERS
    for path in (ROOT / folder).glob("*.txt")
)
WORDS = {
    "organisation": "Gemeente & Zo <b>",
    "link": "http://localhost:8000/x/",
    "reset": "http://localhost:8000/y/",
    "password_reset_url": "http://localhost:8000/z/",
    "activate_url": "http://localhost:8000/a/",
    "reason": "Nee.\nOnderwerp: iets anders",
    "label": "Kring: RIEC",
    "roles": ["Redacteur"],
    "granted": True,
    "days_left": 30,
}


@pytest.mark.parametrize("template", MAILS)
def test_every_mail_is_whole_in_text_and_html(template: str) -> None:
    now = timezone.now()
    mail.post(template, "sanne@voorbeeld.nl", {**WORDS, "timestamp": now, "expires_at": now})
    jobs.drain()
    sent = outgoing.outbox[0]
    html, kind = sent.alternatives[0]
    assert sent.to == ["sanne@voorbeeld.nl"]
    assert sent.subject
    assert "\n" not in sent.subject
    assert not sent.subject.startswith("Onderwerp")
    assert kind == "text/html"
    for text in (sent.body, html):
        assert "Hallo," in text
        assert "{{" not in text
        assert "None" not in text
    assert "<b>" not in html.replace("<body", "")


def test_there_is_a_template_for_every_mail_allauth_may_send() -> None:
    names = {Path(name).name for name in MAILS}
    assert {
        "password_reset_key",
        "unknown_account",
        "email_confirmation",
        "password_changed",
        "totp_activated",
        "webauthn_added",
        "recovery_codes_generated",
    } <= names


def test_a_link_to_another_site_never_becomes_a_button() -> None:
    html = mail.as_html("x", "Klik hier: https://kwaad.example/\n\nLog in: http://localhost:8000/")
    assert 'href="https://kwaad.example/' not in html
    assert f'href="{mail.absolute("/")}' in html


def test_a_host_header_does_not_enter_a_mail(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    person = UserFactory()
    Client(headers={"host": "kwaad.example"}).post("/wachtwoord-vergeten/", {"email": person.email})
    jobs.drain()
    assert outgoing.outbox
    for message in outgoing.outbox:
        assert "kwaad.example" not in message.body + message.alternatives[0][0]


def test_a_mail_of_a_change_that_is_rolled_back_is_not_sent() -> None:
    from django.db import transaction

    person = UserFactory()
    with transaction.atomic():
        set_roles(actor=None, person=person, roles=[Role.EDITOR])
        transaction.set_rollback(True)
    jobs.drain()
    assert not outgoing.outbox


def test_erasing_takes_waiting_mail_along() -> None:
    person = UserFactory()
    set_roles(actor=None, person=person, roles=[Role.EDITOR])
    assert jobs.pending(task="kpo.people.mail.deliver") == 1
    erase_person(actor=None, person=person, reason="Gevraagd.")
    assert jobs.pending(task="kpo.people.mail.deliver") == 0


def test_a_changed_password_is_mailed(client: Client) -> None:
    person = UserFactory()
    client.post("/inloggen/", {"login": person.email, "password": PASSWORD})
    new = "een-heel-andere-zin-7"
    client.post("/mijn/wachtwoord/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    jobs.drain()
    assert [message.subject for message in outgoing.outbox] == [
        "Je wachtwoord voor KPO is veranderd"
    ]


# --- Signing in with an account of elsewhere ---
@pytest.fixture
def elsewhere(settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "werkplek",
                    "name": "je werkaccount",
                    "client_id": "kpo",
                    "secret": "x",
                    "settings": {"server_url": "https://idp.example"},
                }
            ]
        }
    }


@pytest.fixture
def request_of_a_stranger() -> Iterator[HttpRequest]:
    request = RequestFactory().get("/inloggen/elders/werkplek/terug/")
    for middleware in (SessionMiddleware, MessageMiddleware):
        middleware(lambda request: HttpResponse()).process_request(request)
    from django.contrib.auth.models import AnonymousUser

    request.user = AnonymousUser()
    request.allauth = None
    with context.request_context(request):
        yield request


def login_from_elsewhere(
    request: HttpRequest, uid: str, email: str, *, verified: bool = True
) -> HttpResponse:
    from allauth.socialaccount.internal.flows.login import complete_login

    provider = get_adapter().get_provider(request, "werkplek")
    login = SocialLogin(
        user=User(email=email),
        account=SocialAccount(uid=uid, provider="werkplek"),
        email_addresses=[EmailAddress(email=email, verified=verified, primary=True)],
        provider=provider,
    )
    login.state = {"process": "login"}
    return complete_login(request, login, raises=True)


def test_the_sign_in_page_offers_it_where_it_is_set_up(elsewhere: None, client: Client) -> None:
    page = client.get("/inloggen/").content.decode()
    assert "Log in met je werkaccount" in page
    assert "/inloggen/elders/werkplek/" in page


def test_an_unknown_account_of_elsewhere_makes_nobody(
    elsewhere: None, request_of_a_stranger: HttpRequest
) -> None:
    before = User.objects.count()
    with pytest.raises(SignupClosedException):
        login_from_elsewhere(request_of_a_stranger, "1", "nieuw@voorbeeld.nl")
    assert User.objects.count() == before


def test_the_same_address_elsewhere_does_not_take_over_an_account(
    elsewhere: None, request_of_a_stranger: HttpRequest
) -> None:
    person = UserFactory()
    with pytest.raises(SignupClosedException):
        login_from_elsewhere(request_of_a_stranger, "1", person.email)
    assert not SocialAccount.objects.exists()
    assert request_of_a_stranger.user.is_anonymous


def test_where_it_is_set_up_so_a_verified_address_links_and_an_unverified_one_never(
    elsewhere: None, request_of_a_stranger: HttpRequest, settings: Settings
) -> None:
    settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
    settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    person = UserFactory()
    with pytest.raises(SignupClosedException):
        login_from_elsewhere(request_of_a_stranger, "1", person.email, verified=False)
    assert not SocialAccount.objects.exists()
    login_from_elsewhere(request_of_a_stranger, "1", person.email)
    assert SocialAccount.objects.get().user == person


def test_settings_alone_set_it_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPO_OIDC_SERVER_URL", "https://idp.example/realm")
    monkeypatch.setenv("KPO_OIDC_CLIENT_ID", "kpo")
    made = runpy.run_path(str(settings.BASE_DIR / "kpo" / "settings" / "people.py"))
    (app,) = made["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]
    assert (app["client_id"], app["settings"]["server_url"]) == ("kpo", "https://idp.example/realm")
    assert made["OIDC_ORIGINS"] == ["https://idp.example"]
    assert made["SOCIALACCOUNT_EMAIL_AUTHENTICATION"] is False


def test_a_connected_account_still_takes_the_second_step(
    elsewhere: None, request_of_a_stranger: HttpRequest
) -> None:
    person = UserFactory(factor=True)
    SocialAccount.objects.create(user=person, uid="1", provider="werkplek")
    answer = login_from_elsewhere(request_of_a_stranger, "1", person.email)
    assert answer["Location"] == "/inloggen/tweede-stap/"
    assert request_of_a_stranger.user.is_anonymous


def test_no_mail_names_what_is_closed() -> None:
    for template in MAILS:
        subject = (ROOT / f"{template}.txt").read_text(encoding="utf-8").splitlines()[0]
        assert set(re.findall(r"{{ (\w+)", subject)) <= {"days_left"}


# --- Keys in the queue ---
def everything_queued() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs")
        return "\n".join(row[0] for row in cursor.fetchall())


def test_a_waiting_mail_shows_no_key_to_who_reads_the_queue() -> None:
    person = UserFactory(email="sanne@voorbeeld.nl")
    Client().post("/wachtwoord-vergeten/", {"email": person.email})
    admin = UserFactory(roles=[Role.ADMINISTRATOR])
    invite(actor=admin, email="noor@voorbeeld.nl", organisation=admin.organisation)
    waiting = everything_queued()
    jobs.drain()
    links = [re.search(r"http\S+", message.body)[0] for message in outgoing.outbox]
    keys = [link.rstrip("/").rpartition("/")[2] for link in links]
    assert len(keys) == 2
    for words in (*keys, "wachtwoord-vergeten", "uitnodiging", "Hallo"):
        assert words not in waiting


def test_a_sent_mail_leaves_nothing_but_that_it_was_sent() -> None:
    Client().post("/wachtwoord-vergeten/", {"email": UserFactory(email="s@voorbeeld.nl").email})
    jobs.drain()
    assert outgoing.outbox
    left = everything_queued()
    assert "kpo.people.mail.deliver" in left
    assert "s@voorbeeld.nl" not in left
    assert "sealed" not in left


def test_a_mail_that_did_not_go_can_be_tried_again_for_a_week(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(message: object) -> None:
        raise jobs.FinalJobError("De mailserver weigert.")

    with monkeypatch.context() as patch:
        patch.setattr(EmailMultiAlternatives, "send", refuse)
        mail.post("people/mail/request_received", "s@voorbeeld.nl")
        jobs.drain()
    jobs.forget_finished_jobs.call()
    (failed,) = job_failures.failed_jobs()
    job_failures.retry(failed.id)
    jobs.drain()
    assert [message.to for message in outgoing.outbox] == [["s@voorbeeld.nl"]]


def test_a_mail_that_never_went_is_forgotten_after_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(message: object) -> None:
        raise jobs.FinalJobError("De mailserver weigert.")

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
    mail.post("people/mail/request_received", "s@voorbeeld.nl")
    jobs.drain()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '8 days'")
    jobs.forget_finished_jobs.call()
    assert "s@voorbeeld.nl" not in everything_queued()


def test_a_mail_sealed_with_a_lost_key_fails_with_a_sentence(settings: Settings) -> None:
    mail.post("people/mail/request_received", "s@voorbeeld.nl")
    settings.SECRET_KEY = "een-heel-andere-sleutel-van-de-site"
    jobs.drain()
    (failed,) = job_failures.failed_jobs()
    assert failed.explanation == "Deze mail is verzegeld met een sleutel van vroeger."
    assert not outgoing.outbox


def test_a_replaced_key_still_opens_what_waits(settings: Settings) -> None:
    mail.post("people/mail/request_received", "s@voorbeeld.nl")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "een-heel-andere-sleutel-van-de-site"
    jobs.drain()
    assert len(outgoing.outbox) == 1
