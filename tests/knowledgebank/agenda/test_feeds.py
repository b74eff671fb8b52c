"""The feed behind a secret link: the rights of its owner at that moment, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from knowledgebank.agenda.actions import make_feed, withdraw_feed
from knowledgebank.models import AgendaFeed
from kpo.audit.models import Entry
from kpo.pages.actions import change_audience
from kpo.people import tokens
from kpo.people.actions.accounts import deactivate, end_sessions
from kpo.people.choices import Kind, Sector
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.events import event_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
CLOSED = "Besloten bijeenkomst op KPO"


@pytest.fixture(autouse=True)
def no_limits_yet() -> None:
    cache.clear()


def address(secret: str) -> str:
    return f"/agenda/{secret}.ics"


def entries(secret: str) -> list[str]:
    """The titles in the feed, as a calendar reads them."""
    answer = Client().get(address(secret))
    assert answer.status_code == 200
    calendar = Calendar.from_ical(answer.content)
    return [str(entry["summary"]) for entry in calendar.walk("VEVENT")]


def refused(secret: str) -> str:
    """The page, without the address that was asked for and what differs with every answer."""
    answer = Client().get(address(secret))
    assert answer.status_code == 404
    return re.sub(r'nonce="[^"]+"', "", answer.content.decode().replace(secret, ""))


def test_the_feed_holds_what_its_owner_may_read_and_needs_no_session() -> None:
    event_page(title="Voor iedereen")
    event_page(tokens.PUBLIC_SECTOR, days=8, title="Voor publieke partners")
    event_page(tokens.ACCOUNTS, days=-10, title="Vorige week")
    event_page(days=-200, title="Lang geleden")
    event_page(days=3, live=False, title="Nog niet af")
    public, private = make_feed(actor=UserFactory()), make_feed(actor=UserFactory(private=True))
    assert entries(public) == ["Vorige week", "Voor iedereen", "Voor publieke partners"]
    assert entries(private) == ["Vorige week", "Voor iedereen"]


def test_no_cache_keeps_a_feed() -> None:
    answer = Client().get(address(make_feed(actor=UserFactory())))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Type"].startswith("text/calendar")
    assert "sessionid" not in answer.cookies


def test_of_a_closed_event_the_feed_tells_the_time_only() -> None:
    """Whoever runs the calendar keeps copies, and is no reader of the circle."""
    circle = CircleFactory(parts=[("sector", Sector.RIEC)])
    event = event_page(circle.token, title="Stille zaak", place="Kelder", slug="stille-zaak")
    riec = UserFactory(organisation=OrganisationFactory(sector=Sector.RIEC))
    secret = make_feed(actor=riec)
    assert entries(secret) == [CLOSED]
    text = Client().get(address(secret)).content.decode().lower()
    assert str(event.uuid) in text
    assert not [word for word in ("stille", "kelder", "samenvatting") if word in text]


def test_who_lost_an_audience_loses_its_events_at_the_next_request() -> None:
    circle = CircleFactory(parts=[("sector", Sector.RIEC)])
    event_page(circle.token)
    event_page(tokens.PUBLIC_SECTOR, days=8, title="Voor publieke partners")
    person = UserFactory(organisation=OrganisationFactory(sector=Sector.RIEC))
    secret = make_feed(actor=person)
    assert entries(secret) == [CLOSED, "Voor publieke partners"]
    circle.parts.all().delete()
    assert entries(secret) == ["Voor publieke partners"]
    person.organisation.kind = Kind.PRIVATE
    person.organisation.save()
    assert entries(secret) == []


def test_an_event_that_is_narrowed_or_withdrawn_leaves_the_feed() -> None:
    event = event_page(title="Eerst voor iedereen")
    secret = make_feed(actor=UserFactory(private=True))
    assert entries(secret) == ["Eerst voor iedereen"]
    editor = UserFactory(roles=[Role.ADMINISTRATOR])
    change_audience(actor=editor, page=event, audience=tokens.PUBLIC_SECTOR)
    assert entries(secret) == []


def test_every_way_in_which_a_link_ends_gives_the_same_answer() -> None:
    administrator = UserFactory(roles=[Role.ADMINISTRATOR])
    never = refused("er-was-hier-nooit-een-link")
    people = {name: UserFactory() for name in ("withdrawn", "renewed", "stopped", "signed out")}
    secrets = {name: make_feed(actor=person) for name, person in people.items()}
    without_factor = UserFactory(roles=[Role.EDITOR], factor=False)
    secrets["no second factor"] = make_feed(actor=without_factor)
    withdraw_feed(actor=people["withdrawn"])
    fresh = make_feed(actor=people["renewed"])
    deactivate(actor=administrator, person=people["stopped"])
    end_sessions(actor=administrator, person=people["signed out"])
    for name, secret in secrets.items():
        assert refused(secret) == never, name
    assert entries(fresh) == []


def test_the_database_holds_no_secret_that_opens_a_feed() -> None:
    secret = make_feed(actor=UserFactory())
    stored = AgendaFeed.objects.values().get()
    assert secret not in str(stored)
    assert Client().get(address(stored["secret_digest"])).status_code == 404
    assert Client().get(address(stored["sealed_secret"])).status_code == 404
    assert secret not in str(list(Entry.objects.values()))


def test_links_are_made_renewed_and_withdrawn_on_a_screen(sign_in: SignIn) -> None:
    client = sign_in(UserFactory())
    assert ".ics" not in client.get("/mijn/agenda/").content.decode()
    client.post("/mijn/agenda/maken/")
    shown = client.get("/mijn/agenda/").context["address"]
    assert Client().get(shown.partition("8000")[2] or shown).status_code == 200
    client.post("/mijn/agenda/maken/")
    assert client.get("/mijn/agenda/").context["address"] != shown
    client.post("/mijn/agenda/intrekken/")
    assert client.get("/mijn/agenda/").context["address"] == ""
    actions = list(Entry.objects.order_by("pk").values_list("action", flat=True))
    made, ended = "knowledgebank.make_agenda_feed", "knowledgebank.withdraw_agenda_feed"
    assert actions[-3:] == [made, made, ended]


def test_links_are_changed_by_a_deed_and_not_by_a_look(sign_in: SignIn) -> None:
    client = sign_in(UserFactory())
    for path in ("/mijn/agenda/maken/", "/mijn/agenda/intrekken/"):
        assert client.get(path).status_code == 405
        assert Client().post(path).status_code == 302


def test_asking_too_often_is_refused_for_links_that_open_and_that_do_not() -> None:
    for secret in (make_feed(actor=UserFactory()), "niets"):
        answers = [Client().get(address(secret)).status_code for _ in range(62)]
        assert answers[-1] == 429


def test_what_people_typed_cannot_write_lines_of_a_calendar() -> None:
    forged = "Zaal 1\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Vals"
    event_page(place=forged[:160], summary=forged, title="Komma, punt; streep\\")
    secret = make_feed(actor=UserFactory())
    assert entries(secret) == ["Komma, punt; streep\\"]


def test_a_file_of_one_event_says_when_where_and_whether_it_goes_on() -> None:
    begin = timezone.now().replace(microsecond=0) + timedelta(days=3)
    event = event_page(
        starts_at=begin,
        ends_at=begin + timedelta(hours=1),
        place="Stadhuis, Zwolle",
        intended_for="toezichthouders",
        is_cancelled=True,
    )
    answer = Client().get(f"/agenda/{event.uuid}/bijeenkomst.ics")
    assert answer["Content-Disposition"] == 'attachment; filename="bijeenkomst.ics"'
    entry = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert entry["dtstart"].dt == begin
    assert entry["dtend"].dt == begin + timedelta(hours=1)
    assert entry["location"] == "Stadhuis, Zwolle"
    assert entry["status"] == "CANCELLED"
    assert "Voor wie: toezichthouders" in entry["description"]
    assert Client().get(f"/agenda/{uuid4()}/bijeenkomst.ics").status_code == 404
