"""Naming a colleague tells nobody which addresses have an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from knowledgebank.models import Assignment
from knowledgebank.review.actions import rounds
from kpo.people.models import User
from kpo.people.reader import reader_for
from tests.factories.pages import theme_page
from tests.factories.people import CircleFactory, UserFactory
from tests.factories.review import author, review_all, reviewer, submitted
from tests.factories.upkeep import concern
from tests.knowledgebank.test_pages import without_nonces

pytestmark = pytest.mark.django_db
UNKNOWN = "niemand@nergens.nl"


@pytest.fixture(autouse=True)
def no_limits_yet() -> None:
    cache.clear()


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def answer(client: Client, address: str, email: str, **more: str) -> tuple[int, bytes]:
    given: Any = client.post(address, {"email": email} | more, follow=True)
    page = without_nonces(given.content).replace(email.encode(), b"")
    return given.status_code, re.sub(rb'nonce="[^"]*"', b"", page)


@pytest.mark.parametrize("more", [{}, {"pass_on": "ja"}, {"agenda": "ja"}])
def test_an_address_that_cannot_be_asked_answers_as_one_that_nobody_has(
    more: dict[str, str],
) -> None:
    circle = CircleFactory()
    writer, member, outsider = author(), reviewer(0), UserFactory()
    for one in (writer, member):
        circle.grants.create(person=one)
    page = theme_page(circle.token)
    review_all()
    item = submitted(writer, page)
    item.assignments.create(person=member)
    client, address = as_(member), reverse("knowledgebank:review_vragen", args=[item.uuid])
    unknown = answer(client, address, UNKNOWN, **more)
    assert unknown[0] == 422
    assert b"Dit adres kunnen we niet vragen" in unknown[1]
    for person in (outsider, writer):
        assert answer(client, address, person.email, **more) == unknown
    assert [one.person for one in Assignment.objects.all()] == [member]


def test_of_a_closed_item_no_address_is_looked_up() -> None:
    review_all()
    writer, member = author(), reviewer(0)
    item = submitted(writer)
    rounds.withdraw(actor=writer, item=item)
    item.refresh_from_db()
    assert not item.is_open
    client, address = as_(member), reverse("knowledgebank:review_vragen", args=[item.uuid])
    assert answer(client, address, UNKNOWN) == answer(client, address, writer.email)


def test_many_addresses_in_an_hour_are_too_many(settings: Any) -> None:
    settings.KPO_RATE_LIMITS = {**settings.KPO_RATE_LIMITS, "name_colleague": "1/h/user"}
    made, member = concern(theme_page()), reviewer(0)
    review_all()
    item = submitted(author())
    assert reader_for(member).judges
    client, known = as_(member), UserFactory().email
    address = reverse("knowledgebank:review_vragen", args=[item.uuid])
    assert answer(client, address, UNKNOWN)[0] == 422
    for place in (address, reverse("knowledgebank:concern_doorgeven", args=[made.uuid])):
        refused = answer(client, place, UNKNOWN)
        assert "Je vroeg veel mensen achter elkaar" in refused[1].decode()
        assert answer(client, place, known) == refused
    assert not item.assignments.exists()
