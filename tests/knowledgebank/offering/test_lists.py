"""The lists of offers: as many queries for many as for one, and the stages of their own pages."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from knowledgebank.models import Offer
from knowledgebank.offering.actions import consenting, drafting, handling
from knowledgebank.offering.stages import Stage, progress_of, stage_of, with_facts
from kpo.people.models import User
from tests.counting import queries_of
from tests.factories.offers import (
    agreed,
    asked,
    draft,
    edited,
    fresh,
    page_of,
    sent,
    submitter,
    taken_in,
)
from tests.factories.review import review_all, reviewer

pytestmark = pytest.mark.django_db


def one_of_each(person: User, member: User) -> None:
    """In every stage, and what lies between: changed after yes, after publication, gone."""
    draft(person)
    sent(person)
    taken_in(person, member)
    refused = asked(person, member)
    consenting.not_yet(
        actor=person, offer=refused, seen=progress_of(refused).mark, remark="Anders."
    )
    asked(person, member)
    agreed(person, member)
    edited(agreed(person, member), by=member)
    declined = sent(person)
    handling.decline(actor=member, offer=declined, reason="Te vroeg.")
    drafting.withdraw(actor=person, offer=sent(person))
    page_of(taken_in(person, member)).delete()
    for is_edited in (False, True):
        offer = agreed(person, member)
        page_of(offer).get_latest_revision().publish()
        if is_edited:
            edited(offer, "Later nog.", by=member)


def test_the_stage_in_a_list_is_that_of_the_page_of_the_offer() -> None:
    person, member = submitter(), reviewer(0)
    one_of_each(person, member)
    review_all()
    agreed(person, member)
    rows = list(with_facts(Offer.objects.of(person)))
    for row in rows:
        assert stage_of(row) == progress_of(fresh(row)).stage, row.pk
    assert {stage_of(row) for row in rows} == set(Stage)


LISTS = [
    ("offers", ""),
    ("offered", "nieuw"),
    ("offered", "bezig"),
    ("offered", "klaar"),
    ("offered", "afgewezen"),
]


@pytest.mark.parametrize(("name", "chosen"), LISTS)
def test_many_rows_take_as_many_queries_as_few(name: str, chosen: str) -> None:
    person, member = submitter(), reviewer(0)
    client = Client()
    client.force_login(person if name == "offers" else reviewer(1))
    address = reverse(f"knowledgebank:{name}")
    counts = []
    for _ in range(2):
        one_of_each(person, member)
        assert client.get(address, {"lijst": chosen}).status_code == 200
        counts.append(queries_of(lambda: client.get(address, {"lijst": chosen})))
    assert counts[0] == counts[1]


def test_own_offers_come_ten_on_a_page() -> None:
    person = submitter()
    for number in range(11):
        draft(person, title=f"Voorbeeld {number:02}")
    client = Client()
    client.force_login(person)
    address = reverse("knowledgebank:offers")
    first, last = (client.get(address, {"pagina": n}).content.decode() for n in (1, 2))
    assert ("Voorbeeld 10" in first, "Voorbeeld 00" in first) == (True, False)
    assert ("Voorbeeld 10" in last, "Voorbeeld 00" in last) == (False, True)
    assert "?pagina=2" in first
