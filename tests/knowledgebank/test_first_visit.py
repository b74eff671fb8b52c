"""The first visit: three steps that may be left out, and one mail worth reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from knowledgebank.notices import NEW
from knowledgebank.welcome import mail_welcome
from kpo import jobs
from kpo.inbox.actions import follow
from kpo.inbox.channels import Channel
from kpo.inbox.models import FirstVisit, Follow
from kpo.inbox.preferences import chosen
from kpo.people import refusals, tokens
from kpo.people.choices import Sector
from kpo.people.models import User
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
STEPS = "/mijn/welkom/"
INVITED = "Maak KPO van jou"
SignIn = Callable[[User], Client]


@pytest.fixture
def person() -> User:
    made: User = UserFactory(organisation=OrganisationFactory(sector=Sector.RIEC))
    return made


@pytest.fixture
def client(person: User, sign_in: SignIn) -> Client:
    return sign_in(person)


def home(client: Client) -> str:
    return client.get("/").content.decode()


def test_all_three_steps_once(client: Client, person: User) -> None:
    theme, other = theme_page(title="Bibob"), theme_page(title="Vastgoed")
    knowledge_document(title="Handreiking eigen onderzoek", themes=[theme])
    jobs.drain()
    mail.outbox.clear()
    assert INVITED in home(client)
    assert "Vastgoed" in client.get(STEPS).content.decode()
    assert client.post(STEPS, {"themes": [str(theme.uuid)]})["Location"] == f"{STEPS}aanbod/"
    assert "Handreiking eigen onderzoek" in client.get(f"{STEPS}aanbod/").content.decode()
    for _ in range(2):
        client.post(f"{STEPS}mail/", {"often": Channel.MONTHLY})
    jobs.drain()
    assert list(Follow.objects.of(person).page_ids()) == [theme.pk]
    assert chosen(person)[NEW.name] == Channel.MONTHLY
    (message,) = mail.outbox
    assert "Handreiking eigen onderzoek" in message.body
    assert other.title not in message.body
    assert INVITED not in home(client)


def test_what_is_not_chosen_any_more_is_not_followed_any_more(client: Client, person: User) -> None:
    one, other = theme_page(), theme_page()
    follow(actor=person, page=one)
    assert f'value="{one.uuid}" ' in client.get(STEPS).content.decode()
    client.post(STEPS, {"themes": [str(other.uuid)]})
    assert set(Follow.objects.of(person).page_ids()) == {other.pk}


def test_a_theme_that_is_not_offered_is_refused(client: Client, person: User) -> None:
    closed = theme_page(CircleFactory(parts=[("sector", Sector.BANK)]).token)
    assert client.post(STEPS, {"themes": [str(closed.uuid)]}).status_code == 422
    assert closed.title not in client.get(STEPS).content.decode()
    assert not Follow.objects.exists()


def test_it_may_be_skipped_and_then_no_mail_comes(client: Client, person: User) -> None:
    client.post(f"{STEPS}overslaan/")
    jobs.drain()
    assert INVITED not in home(client)
    assert FirstVisit.objects.get().was_skipped
    assert mail.outbox == []


def test_a_stranger_is_not_invited() -> None:
    assert INVITED not in home(Client())


def welcome_of(person: User) -> Any:
    mail.outbox.clear()
    mail_welcome.call(person=person.pk)
    return mail.outbox[0] if mail.outbox else None


def test_the_mail_names_nothing_closed(person: User) -> None:
    token = CircleFactory(parts=[("sector", Sector.RIEC)]).token
    closed, theme = theme_page(token, title="Geheim thema"), theme_page(title="Open thema")
    knowledge_document(token, title="Geheim stuk", themes=[theme])
    for page in (closed, theme):
        follow(actor=person, page=page)
    message = welcome_of(person)
    html, _ = message.alternatives[0]
    assert "Open thema" in message.body
    assert "Geheim" not in message.body + html


def test_the_mail_is_made_when_it_is_sent(person: User) -> None:
    theme = theme_page(tokens.PUBLIC_SECTOR, title="Open thema")
    follow(actor=person, page=theme)
    theme.unpublish()
    assert "Open thema" not in welcome_of(person).body
    User.objects.filter(pk=person.pk).update(is_active=False, left_because="stopped")
    assert welcome_of(person) is None


def test_an_address_that_refuses_mail_is_left_alone(person: User) -> None:
    for _ in range(3):
        refusals.note(person.email, 550)
    assert welcome_of(person) is None
