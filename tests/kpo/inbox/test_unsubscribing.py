"""Unsubscribing: by header or link, signed in or not, that subscription and no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client

from kpo.inbox.actions import choose_channels
from kpo.inbox.channels import Channel
from kpo.inbox.letters import at_once, digest
from kpo.inbox.models import Preference
from kpo.inbox.preferences import chosen
from kpo.inbox.subscriptions import DIGEST, Subscription, address_of, read
from kpo.people.models import User
from kpo.people.reader import reader_for
from tests.factories.notices import NEWS, notification, registered
from tests.factories.pages import theme_page
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
HURRY = replace(NEWS, name="proof.hurry", default=Channel.AT_ONCE)
OTHER = replace(NEWS, name="proof.other", default=Channel.AT_ONCE)
WEEKLY = replace(NEWS, name="proof.weekly", default=Channel.WEEKLY)
SPACE = "community:1b671a64-40d5-491e-99b0-da01ff1f3341"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with registered(HURRY, OTHER, WEEKLY):
        yield


@pytest.fixture
def person() -> User:
    made: User = UserFactory(first_name="Geheim", last_name="Persoon")
    return made


def path(person: User, what: str, space: str = "") -> str:
    return address_of(Subscription(str(person.uuid), what, space)).partition("localhost:8000")[2]


def test_a_look_changes_nothing_and_names_nobody(person: User) -> None:
    answer = Client().get(path(person, HURRY.name))
    assert answer.status_code == 200
    for secret in (person.first_name, person.email, str(person.uuid)):
        assert secret not in answer.content.decode()
    assert "Stop deze mail" in answer.content.decode()
    assert not Preference.objects.exists()


def test_a_mail_program_ends_one_kind_without_signing_in_or_a_form(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        assert client.post(path(person, HURRY.name), ONE_CLICK).status_code == 200
    now = chosen(person)
    assert (now[HURRY.name], now[OTHER.name], now[WEEKLY.name]) == (
        Channel.PLATFORM,
        Channel.AT_ONCE,
        Channel.WEEKLY,
    )
    assert "sessionid" not in client.cookies


def test_the_digest_is_one_subscription(person: User) -> None:
    choose_channels(actor=person, channels={OTHER.name: Channel.MONTHLY, HURRY.name: "at-once"})
    choose_channels(actor=person, channels={OTHER.name: Channel.DAILY}, space=SPACE)
    Client().post(path(person, DIGEST), ONE_CLICK)
    now = chosen(person)
    assert (now[HURRY.name], now[OTHER.name], now[WEEKLY.name]) == (
        Channel.AT_ONCE,
        Channel.PLATFORM,
        Channel.PLATFORM,
    )
    assert Preference.objects.get(space=SPACE).channel == Channel.PLATFORM


def test_what_comes_from_one_community_ends_for_that_one(person: User) -> None:
    Client().post(path(person, HURRY.name, SPACE), ONE_CLICK)
    assert chosen(person)[HURRY.name] == Channel.AT_ONCE
    assert Preference.objects.get().space == SPACE


def test_who_wanted_nothing_gets_nothing_more_by_unsubscribing(person: User) -> None:
    choose_channels(actor=person, channels={HURRY.name: Channel.NOTHING, WEEKLY.name: "nothing"})
    for what in (HURRY.name, DIGEST):
        Client().post(path(person, what), ONE_CLICK)
    assert {chosen(person)[name] for name in (HURRY.name, WEEKLY.name)} == {Channel.NOTHING}


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_we_did_not_make_does_not_exist(person: User, method: str) -> None:
    good = path(person, DIGEST)
    unknown = address_of(Subscription("00000000-0000-0000-0000-000000000000", DIGEST))
    for address in ("/afmelden/niets/", good[:-3] + "xx/", unknown.partition("8000")[2]):
        assert getattr(Client(), method)(address).status_code == 404
    assert not Preference.objects.exists()


def test_every_mail_carries_its_own_address(person: User) -> None:
    reader = reader_for(person)
    row = notification(person, theme_page(), HURRY)
    for letter, what in (
        (at_once(reader, row), HURRY.name),
        (digest(reader, [row], {Channel.WEEKLY}), DIGEST),
    ):
        address = letter.extra_headers["List-Unsubscribe"].strip("<>")
        assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert address in letter.body
        assert read(address.rstrip("/").rpartition("/")[2]) == Subscription(str(person.uuid), what)
