"""Following a region, an event and a person: who hears, in which words, and when it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from knowledgebank import followers
from knowledgebank.agenda.notices import EVENT_CHANGED
from knowledgebank.models import Offer
from knowledgebank.offering.followed import BY_PERSON
from knowledgebank.regions.notices import IN_REGION
from kpo import jobs
from kpo.inbox import actions
from kpo.inbox.jobs import forget_what_was_lost
from kpo.inbox.models import Follow, Notification
from kpo.pages.actions import change_audience
from kpo.people import tokens
from kpo.people.actions.accounts import deactivate
from kpo.people.actions.profile import change_profile
from kpo.people.choices import Region, ShownTo
from kpo.people.models import Block, User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.conftest import Team
from tests.counting import queries_of
from tests.factories.events import event_page
from tests.factories.offers import agreed, page_of, submitter
from tests.factories.pages import knowledge_document
from tests.factories.people import OrganisationFactory, UserFactory
from tests.factories.regions import region_page
from tests.factories.review import reviewer

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
OOST = Region.OOST_NEDERLAND
KINDS = {kind.name: kind for kind in (EVENT_CHANGED, IN_REGION, BY_PERSON)}


@pytest.fixture
def person() -> User:
    return UserFactory()


def told(person: User) -> list[str]:
    """What this person reads of these kinds, once the worker is done."""
    jobs.drain()
    reader = reader_for(User.objects.get(pk=person.pk))
    rows = Notification.objects.visible_to(reader).filter(kind__in=KINDS).order_by("pk")
    return [KINDS[row.kind].sentences(reader, [row])[row.pk] for row in rows]


# --- A region -------------------------------------------------------------------------------------
def test_a_region_tells_what_was_published_there(person: User) -> None:
    actions.follow(actor=person, page=region_page(region=OOST))
    knowledge_document(regions=[OOST])
    knowledge_document(regions=[Region.LIMBURG])
    event_page(regions=[OOST, Region.LIMBURG])
    assert told(person) == [f"Nieuw in {OOST.label}."] * 2


def test_a_closed_region_is_no_reason_and_not_named(person: User, team: Team) -> None:
    page = region_page(region=OOST)
    actions.follow(actor=person, page=page)
    knowledge_document(regions=[OOST])
    jobs.drain()
    change_audience(actor=team[Role.EDITOR], page=page, audience=tokens.NOBODY)
    knowledge_document(regions=[OOST])
    assert told(person) == ["Nieuw in een regio."]


# --- An event -------------------------------------------------------------------------------------
def again(event: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(event, name, value)
    event.save_revision().publish()
    event.refresh_from_db()


def test_who_follows_an_event_hears_of_another_hour_or_place_and_of_nothing_else(
    person: User,
) -> None:
    event = event_page(title="Dag van de vakantieparken")
    actions.follow(actor=person, page=event)
    again(event, summary="Een betere samenvatting.")
    event.place = "Nog niet zeker"
    event.save_revision()
    event.refresh_from_db()
    assert told(person) == []
    again(event, starts_at=event.starts_at + timedelta(hours=1), place="Zwolle")
    when = event.period.capitalize()
    assert told(person) == [f"Het is verplaatst. De plaats is veranderd. {when}."]
    again(event, is_cancelled=True)
    assert told(person)[-1] == f"Gaat niet door: {event.period}."
    again(event, is_cancelled=False)
    assert told(person)[-1] == f"Gaat toch door. {when}."
    # It cannot wait for a week.
    assert len(mail.outbox) == 3
    assert "Dag van de vakantieparken" in mail.outbox[0].subject


def test_what_went_back_to_its_first_hour_changed_twice(person: User) -> None:
    event = event_page()
    actions.follow(actor=person, page=event)
    first = event.starts_at
    for hour in (first + timedelta(minutes=30), first, first + timedelta(minutes=30)):
        again(event, starts_at=hour)
    assert len(told(person)) == 3


def test_a_past_event_tells_nothing(person: User) -> None:
    event = event_page(days=-3)
    actions.follow(actor=person, page=event)
    again(event, place="Zwolle")
    assert told(person) == []


# --- A person -------------------------------------------------------------------------------------
@pytest.fixture
def writer() -> User:
    return submitter(first_name="Sanne", last_name="Bakker", in_directory=True)


def publish(writer: User, **fields: Any) -> Any:
    named = {"attribution": Offer.Attribution.NAME} | fields
    offer = agreed(writer, reviewer(0), **named)
    page_of(offer).get_latest_revision().publish()
    return page_of(offer)


def test_who_follows_a_person_hears_of_a_page_with_that_name_on_it(
    person: User, writer: User
) -> None:
    actions.follow_person(actor=person, person=writer)
    publish(writer)
    assert told(person) == ["Van Sanne Bakker."]
    assert told(writer) == []


def test_without_the_name_nobody_is_told(person: User, writer: User) -> None:
    actions.follow_person(actor=person, person=writer)
    publish(writer, attribution=Offer.Attribution.ORGANISATION)
    assert told(person) == []


def test_who_may_not_read_it_is_not_told(person: User, writer: User) -> None:
    partner = UserFactory(private=True)
    for one in (person, partner):
        actions.follow_person(actor=one, person=writer)
    publish(writer, audience=tokens.PUBLIC_SECTOR)
    assert told(person) == ["Van Sanne Bakker."]
    assert told(partner) == []


@pytest.mark.parametrize("how", ["name taken away", "opted out", "hidden", "kept off"])
def test_a_name_that_was_taken_back_is_in_no_line(person: User, writer: User, how: str) -> None:
    actions.follow_person(actor=person, person=writer)
    publish(writer)
    assert told(person) == ["Van Sanne Bakker."]
    if how == "name taken away":
        Offer.objects.update(attribution=Offer.Attribution.ORGANISATION)
    else:
        lose(person, writer, how)
    if how != "opted out":
        assert told(person) == ["Nieuw in de kennisbank."]
    if how in ("hidden", "kept off"):
        forget_what_was_lost.call()
    # Who is followed no more stands in no list or mail as somebody who is.
    assert len(told(person)) == (how == "name taken away")


def lose(person: User, writer: User, how: str) -> None:
    """`person` does not find `writer` in the directory any more."""
    if how == "opted out":
        change_profile(actor=writer, fields={"in_directory": False})
    elif how == "hidden":
        change_profile(actor=writer, fields={"show_profile": ShownTo.OWN_ORGANISATION})
    elif how == "kept off":
        Block.objects.create(person=writer, blocked=person)
    else:
        deactivate(actor=UserFactory(roles=[Role.ADMINISTRATOR]), person=writer)


@pytest.mark.parametrize("how", ["opted out", "hidden", "kept off", "stopped"])
def test_between_queue_and_worker_the_person_was_lost(person: User, writer: User, how: str) -> None:
    actions.follow_person(actor=person, person=writer)
    publish(writer)
    lose(person, User.objects.get(pk=writer.pk), how)
    assert told(person) == []


@pytest.mark.parametrize("how", ["opted out", "hidden", "kept off", "stopped"])
def test_following_ends_and_looks_as_if_it_never_was(
    person: User, writer: User, how: str, sign_in: SignIn
) -> None:
    actions.follow_person(actor=person, person=writer)
    client = sign_in(person)
    assert "Sanne Bakker" in client.get("/mijn/bewaard/").content.decode()
    lose(person, writer, how)
    assert "Sanne" not in client.get("/mijn/bewaard/").content.decode()
    gone = client.post(f"/mijn/mens/{writer.uuid}/ontvolg/")
    never = client.post(f"/mijn/mens/{uuid4()}/ontvolg/")
    assert (gone.status_code, never.status_code) == (404, 404)
    if how in ("hidden", "kept off"):
        assert Follow.objects.exists()
        forget_what_was_lost.call()
    assert not Follow.objects.exists()


def test_coming_back_brings_no_follower_back(person: User, writer: User) -> None:
    actions.follow_person(actor=person, person=writer)
    for is_listed in (False, True):
        change_profile(actor=writer, fields={"in_directory": is_listed})
    assert not Follow.objects.exists()
    publish(writer)
    assert told(person) == []


def test_only_who_is_found_can_be_followed_and_nobody_oneself(
    person: User, writer: User, sign_in: SignIn
) -> None:
    hidden = UserFactory()
    listed = UserFactory(in_directory=True)
    for actor, whom in ((person, hidden), (listed, listed)):
        with pytest.raises(PermissionDenied):
            actions.follow_person(actor=actor, person=whom)
        assert sign_in(actor).post(f"/mijn/mens/{whom.uuid}/volg/").status_code == 404
    client = sign_in(person)
    for _ in range(2):
        assert client.post(f"/mijn/mens/{writer.uuid}/volg/").headers["Location"] == (
            f"/mensen/{writer.uuid}/"
        )
    assert Follow.objects.of(person).count() == 1
    assert "Je volgt Sanne" in client.get(f"/mensen/{writer.uuid}/").content.decode()
    client.post(f"/mijn/mens/{writer.uuid}/ontvolg/")
    assert not Follow.objects.exists()


def test_the_rule_is_the_same_for_who_is_told_and_for_what_is_shown() -> None:
    """`followers.of_person` against `FollowQuerySet.of_people`, over everybody at once."""
    ours, theirs = OrganisationFactory(), OrganisationFactory(private=True)
    people = [
        UserFactory(organisation=house, show_profile=level, in_directory=listed)
        for house in (ours, theirs)
        for level in ShownTo.values
        for listed in (True, False)
    ]
    Follow.objects.bulk_create(
        [Follow(person=one, subject=other) for one in people for other in people if one != other]
    )
    Block.objects.create(person=people[0], blocked=people[2])
    for other in people:
        hears = set(followers.of_person(other))
        sees = {
            one
            for one in people
            if Follow.objects.of_people(reader_for(one)).filter(subject=other).exists()
        }
        assert hears == sees


def test_a_long_list_of_people_asks_as_much_as_a_short_one(
    person: User, writer: User, sign_in: SignIn
) -> None:
    client = sign_in(person)
    actions.follow_person(actor=person, person=writer)
    client.get("/mijn/bewaard/")
    few = queries_of(lambda: client.get("/mijn/bewaard/"))
    for _ in range(8):
        actions.follow_person(actor=person, person=UserFactory(in_directory=True))
    assert queries_of(lambda: client.get("/mijn/bewaard/")) == few
