"""Addresses that refuse mail: counted with a real conversation, left alone, seen, tried again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from pytest_django import Settings

from kpo.inbox.channels import Channel
from kpo.inbox.mailing import mail_line, people_waiting
from kpo.inbox.models import Notification
from kpo.people import refusals
from kpo.people.mail import send
from kpo.people.models import MailRefusal, User
from kpo.people.roles import Role
from tests.conftest import Team
from tests.factories.notices import NEWS, notification, registered
from tests.factories.pages import theme_page
from tests.factories.people import UserFactory
from tests.kpo.inbox.smtp_double import Double, smtp_double

pytestmark = pytest.mark.django_db
ADDRESS = "vol@voorbeeld.nl"
UNKNOWN = b"550 5.1.1 onbekend\r\n"
LATER = b"450 4.2.1 probeer het later\r\n"
SignIn = Callable[[User], Client]


@pytest.fixture
def server(settings: Settings) -> Iterator[Double]:
    with smtp_double() as double:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", double.port
        yield double


def mail_to(address: str = ADDRESS) -> bool:
    return send(EmailMultiAlternatives("Proef", "Dag.", to=[address]))


def count() -> int:
    return sum(MailRefusal.objects.values_list("count", flat=True))


def test_a_refusal_for_good_is_counted_and_one_for_now_is_tried_again(server: Double) -> None:
    server.answers[ADDRESS] = UNKNOWN
    assert not mail_to()
    assert (count(), refusals.is_stopped(ADDRESS)) == (1, False)
    server.answers[ADDRESS] = LATER
    with pytest.raises(Exception, match="later"):
        mail_to()
    assert count() == 1


def test_one_mail_that_gets_through_wipes_the_count(server: Double) -> None:
    server.answers[ADDRESS] = UNKNOWN
    mail_to()
    server.answers.clear()
    assert mail_to()
    assert (count(), len(server.received)) == (0, 1)


def refuse(person: User) -> None:
    for _ in range(3):
        refusals.note(person.email, 550)


def test_after_three_refusals_no_news_is_mailed(server: Double) -> None:
    person = UserFactory(email=ADDRESS)
    server.answers[ADDRESS] = UNKNOWN
    hurried = NEWS.__class__(**vars(NEWS) | {"default": Channel.AT_ONCE})
    with registered(hurried):
        for _ in range(5):
            mail_line.call(notification=notification(person, theme_page(), hurried).pk)
    assert count() == 3
    # What could not be mailed is not mailed later either; it stays in the inbox.
    assert Notification.objects.of(person).unread().count() == 5


def test_a_digest_is_not_queued_for_a_stopped_address() -> None:
    person = UserFactory()
    weekly = NEWS.__class__(**vars(NEWS) | {"default": Channel.WEEKLY})
    with registered(weekly):
        row = notification(person, theme_page(), weekly)
        Notification.objects.filter(pk=row.pk).update(created_at="2020-01-01T00:00:00Z")
        assert list(people_waiting()) == [person.pk]
        refuse(person)
        assert list(people_waiting()) == []


def test_account_mail_still_goes(client: Client) -> None:
    person = UserFactory()
    refuse(person)
    from kpo import jobs

    client.post("/wachtwoord-vergeten/", {"email": person.email})
    jobs.drain()
    assert [message.to for message in mail.outbox] == [[person.email]]


def test_the_person_sees_it_and_may_let_us_try_again(sign_in: SignIn) -> None:
    person = UserFactory()
    client = sign_in(person)
    assert "komt niet aan" not in client.get("/mijn/postvak/voorkeuren/").content.decode()
    refuse(person)
    assert "komt niet aan" in client.get("/mijn/postvak/voorkeuren/").content.decode()
    client.post("/mijn/postvak/mail-opnieuw/")
    assert not refusals.is_stopped(person.email)


def test_administrators_see_it(sign_in: SignIn, team: Team) -> None:
    manager = team[Role.ORGANISATION_ADMINISTRATOR]
    person = UserFactory(organisation=manager.organisation)
    refuse(person)

    def shown(role: Role, path: str) -> Any:
        return sign_in(team[role]).get(path).content.decode()

    assert "Mail komt niet aan" in shown(Role.ORGANISATION_ADMINISTRATOR, "/organisatie/")
    own_page = f"/cms/mensen/{person.uuid}/"
    assert "Mail komt hier niet aan" in shown(Role.ADMINISTRATOR, own_page)
    assert "krijgen geen mail met nieuws" in shown(Role.ADMINISTRATOR, "/cms/beheer/")
