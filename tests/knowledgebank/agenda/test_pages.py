"""What readers meet in the agenda: what is theirs to read, in order, by month, theme and region."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from knowledgebank.agenda import moments
from knowledgebank.models import EventPage
from kpo.people import tokens
from kpo.people.choices import Region, Sector
from kpo.people.models import User
from tests.counting import queries_of
from tests.factories.events import event_page
from tests.factories.pages import theme_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def titles(answer: Any) -> list[str]:
    return [event.title for event in answer.context["events"]]


def test_what_comes_stands_by_month_and_what_was_in_the_archive() -> None:
    later, first = event_page(days=40), event_page(days=1)
    gone, earlier = event_page(days=-2), event_page(days=-50)
    coming = Client().get("/agenda/")
    assert titles(coming) == [first.title, later.title]
    assert sum(len(month.events) for month in coming.context["months"]) == 2
    assert titles(Client().get("/agenda/?toon=voorbij")) == [gone.title, earlier.title]


def test_an_event_is_to_come_until_it_has_ended() -> None:
    now = timezone.now()
    busy = event_page(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    assert titles(Client().get("/agenda/")) == [busy.title]


def test_the_agenda_holds_what_the_reader_may_read(sign_in: SignIn) -> None:
    circle = CircleFactory(parts=[("sector", Sector.RIEC)])
    audiences = (tokens.PUBLIC, tokens.ACCOUNTS, tokens.PUBLIC_SECTOR, circle.token)
    made = [event_page(audience, days=day) for day, audience in enumerate(audiences, start=1)]
    event_page(tokens.PUBLIC, live=False)
    riec = UserFactory(organisation=OrganisationFactory(sector=Sector.RIEC))
    for person, count in ((None, 1), (UserFactory(private=True), 2), (UserFactory(), 3), (riec, 4)):
        client = sign_in(person) if person else Client()
        assert titles(client.get("/agenda/")) == [event.title for event in made[:count]]
        for number, event in enumerate(made):
            expected = 200 if number < count else 404
            assert client.get(event.url).status_code == expected, (person, event.audience)
            assert client.get(f"/agenda/{event.uuid}/bijeenkomst.ics").status_code == expected


def test_theme_and_region_narrow_the_list() -> None:
    theme = theme_page()
    about = event_page(themes=[theme])
    there = event_page(days=8, regions=[Region.LIMBURG])
    assert titles(Client().get(f"/agenda/?thema={theme.slug}")) == [about.title]
    assert titles(Client().get("/agenda/?regio=limburg")) == [there.title]
    assert titles(Client().get(f"/agenda/?regio=limburg&thema={theme.slug}")) == []
    assert len(titles(Client().get("/agenda/?regio=nergens&thema=niets&pagina=x"))) == 2


def test_a_theme_that_is_closed_narrows_nothing_for_a_stranger() -> None:
    """Else the list would tell which of the events are about it."""
    closed = theme_page(tokens.ACCOUNTS, title="Gesloten thema")
    event_page(themes=[closed])
    other = event_page(days=8)
    answer = Client().get(f"/agenda/?thema={closed.slug}")
    assert other.title in titles(answer)
    assert "Gesloten thema" not in answer.content.decode()


def test_home_and_theme_show_the_next_events_of_the_reader(sign_in: SignIn) -> None:
    theme = theme_page()
    event_page(days=-3, themes=[theme], title="Al geweest")
    event_page(tokens.ACCOUNTS, themes=[theme], title="Met account")
    event_page(days=9, title="Over iets anders")
    member = sign_in(UserFactory()).get(theme.url).content.decode()
    assert "Met account" in member
    assert "Al geweest" not in member
    assert "Over iets anders" not in member
    assert "Bijeenkomsten" not in Client().get(theme.url).content.decode()
    home = Client().get("/").content.decode()
    assert "Over iets anders" in home
    assert "Al geweest" not in home


def test_the_page_names_themes_that_the_reader_may_read(sign_in: SignIn) -> None:
    event = event_page(themes=[theme_page(tokens.ACCOUNTS, title="Gesloten thema")])
    assert "Gesloten thema" not in Client().get(event.url).content.decode()
    assert "Gesloten thema" in sign_in(UserFactory()).get(event.url).content.decode()


def test_a_list_of_many_events_asks_as_much_as_one_of_few(sign_in: SignIn) -> None:
    client = sign_in(UserFactory())
    event_page(organisation=OrganisationFactory())
    client.get("/agenda/")
    few = queries_of(lambda: client.get("/agenda/"))
    for day in range(12):
        event_page(tokens.ACCOUNTS, days=day + 1, organisation=OrganisationFactory())
    assert queries_of(lambda: client.get("/agenda/")) == few


def test_an_event_has_a_place_or_a_link_and_ends_after_it_begins() -> None:
    now = timezone.now()
    nowhere = EventPage(title="X", starts_at=now, ends_at=now + timedelta(hours=1))
    with pytest.raises(ValidationError, match="plaats"):
        nowhere.clean()
    reversed_ = EventPage(title="X", place="Hier", starts_at=now, ends_at=now - timedelta(hours=1))
    with pytest.raises(ValidationError, match="einde"):
        reversed_.clean()
    with pytest.raises(IntegrityError):
        event_page(starts_at=now, ends_at=now - timedelta(hours=1))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://elders.example/", "data:x"])
def test_a_link_of_an_event_leads_to_a_web_page(address: str) -> None:
    for field in ("online_url", "registration_url"):
        with pytest.raises(ValidationError):
            EventPage._meta.get_field(field).clean(address, EventPage())


def test_moments_are_told_as_a_dutch_agenda_does() -> None:
    begin = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert moments.hours(begin, begin + timedelta(minutes=90)) == "dinsdag 10:00 tot 11:30"
    assert moments.period(begin, begin + timedelta(minutes=90)) == (
        "dinsdag 24 november 2026, 10:00 tot 11:30"
    )
    assert moments.hours(begin, begin + timedelta(days=1)) == (
        "dinsdag 10:00 tot woensdag 25 nov. 10:00"
    )
    # Half past eleven at night in Utrecht is a day later than in London.
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    assert moments.month_of(late).month == 12
