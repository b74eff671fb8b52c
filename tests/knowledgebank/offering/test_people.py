"""Who sees an offer, in which state, and that nobody else does: not even that it is there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from knowledgebank.models import Ambassador, Offer
from knowledgebank.offering import notices
from knowledgebank.offering.actions import drafting, handling
from knowledgebank.offering.people import can_handle, handlers_of, readers_of
from kpo import jobs
from kpo.inbox.models import Notification
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.offers import ambassador, draft, fresh, sent, submitter, taken_in
from tests.factories.pages import theme_page
from tests.factories.people import CircleFactory, UserFactory
from tests.factories.review import reviewer
from tests.knowledgebank.test_pages import without_nonces

pytestmark = pytest.mark.django_db
STATES = list(Offer.State)
# Beside the submitter, who sees it in every state.
SEEING = {
    Offer.State.DRAFT: set(),
    Offer.State.SENT: {"guard", "member", "chair"},
    Offer.State.TAKEN_IN: {"guard", "member", "chair", "editor", "administrator"},
    Offer.State.DECLINED: {"guard", "member", "chair"},
    Offer.State.WITHDRAWN: set(),
}


@pytest.fixture
def people() -> dict[str, User]:
    theme = theme_page()
    return {
        "submitter": submitter(),
        "guard": ambassador(theme),
        "other_guard": ambassador(theme_page()),
        "member": reviewer(0),
        "chair": reviewer(1, role=Role.BOARD_CHAIR),
        "partner": reviewer(2, role=Role.REVIEWER),
        "editor": UserFactory(roles=[Role.EDITOR]),
        "administrator": UserFactory(roles=[Role.ADMINISTRATOR]),
        "auditor": UserFactory(roles=[Role.AUDITOR]),
        "colleague": submitter(),
        "stranger": UserFactory(),
    }


def offer_in(state: Offer.State, people: dict[str, User]) -> Offer:
    person, guard = people["submitter"], people["guard"]
    themes = [Ambassador.objects.get(person=guard).theme]
    if state == Offer.State.DRAFT:
        return draft(person, themes=themes)
    if state == Offer.State.TAKEN_IN:
        return taken_in(person, guard, themes=themes)
    offer = sent(person, themes=themes)
    if state == Offer.State.DECLINED:
        handling.decline(actor=guard, offer=offer, reason="Te vroeg.")
    if state == Offer.State.WITHDRAWN:
        drafting.withdraw(actor=person, offer=offer)
    return fresh(offer)


@pytest.mark.parametrize("state", STATES)
def test_who_sees_an_offer_and_the_twins_agree(state: Offer.State, people: dict[str, User]) -> None:
    offer = offer_in(state, people)
    seeing = {
        name
        for name, person in people.items()
        if Offer.objects.visible_to(reader_for(person)).filter(pk=offer.pk).exists()
    }
    assert seeing == SEEING[state] | {"submitter"}
    keys = [person.pk for person in people.values()]
    assert set(readers_of(offer).filter(pk__in=keys)) == {people[name] for name in seeing}
    handling_it = {name for name, one in people.items() if can_handle(reader_for(one), offer)}
    assert handling_it == SEEING[state]
    assert set(handlers_of(offer).filter(pk__in=keys)) == {people[name] for name in handling_it}


@pytest.mark.parametrize("name", ["other_guard", "partner", "auditor", "colleague", "stranger"])
def test_for_others_an_offer_is_not_there_nor_counted(name: str, people: dict[str, User]) -> None:
    offer = offer_in(Offer.State.SENT, people)
    client = Client()
    client.force_login(people[name])
    absent = "00000000-0000-0000-0000-000000000000"
    for route in ("offer", "offer_preview", "offered_item", "offer_draft", "offer_consent"):
        there = client.get(reverse(f"knowledgebank:{route}", args=[offer.uuid]))
        assert there.status_code == 404
        missing = client.get(reverse(f"knowledgebank:{route}", args=[absent]))
        assert without_nonces(there.content) == without_nonces(missing.content)
    listed = client.get(reverse("knowledgebank:offered"))
    if reader_for(people[name]).judges:
        assert [one.total for one in listed.context["lists"]] == [0, 0, 0, 0]
    else:
        assert listed.status_code == 404
    assert offer.title not in listed.content.decode()


def test_an_offer_about_a_closed_theme_is_handled_by_who_holds_it() -> None:
    circle = CircleFactory()
    theme = theme_page(circle.token)
    person, guard = submitter(), ambassador(theme)
    inside, outside = reviewer(0), reviewer(1)
    for one in (person, guard, inside):
        circle.grants.create(person=one)
    offer = sent(person, themes=[theme])
    assert set(handlers_of(offer)) == {guard, inside}
    assert not can_handle(reader_for(outside), offer)


def told() -> set[User]:
    jobs.drain()
    return {line.person for line in Notification.objects.filter(kind=notices.SENT.name)}


def test_it_goes_to_the_ambassador_and_without_one_to_the_board(people: dict[str, User]) -> None:
    offer_in(Offer.State.SENT, people)
    assert told() == {people["guard"]}
    Notification.objects.all().delete()
    sent(people["submitter"])
    assert told() == {people["member"], people["chair"]}


def test_who_guards_the_theme_does_not_handle_an_own_offer() -> None:
    theme = theme_page()
    guard, member = ambassador(theme), reviewer(0)
    offer = sent(guard, themes=[theme])
    assert not can_handle(reader_for(guard), offer)
    assert told() == {member}
