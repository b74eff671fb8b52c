"""One trip of a theme page and of a document, by a clock that moves: from handing in over votes and
a year of standing there to the second judgment. Each day that passes the jobs run twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from knowledgebank.models import ReviewItem
from knowledgebank.review.actions import reviewers, rounds
from knowledgebank.review.notices import REMINDED
from knowledgebank.review.reminders import remind_reviewers
from knowledgebank.upkeep.notices import DUE
from knowledgebank.upkeep.reminding import remind
from kpo import jobs
from kpo.inbox.models import Notification
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import UserFactory
from tests.factories.review import approve, author, live, review_all, reviewer, text_of
from tests.factories.upkeep import ambassador

pytestmark = pytest.mark.django_db
START = date(2026, 1, 5)
MONTH = timedelta(days=30)
OVERDUE = "Herziening nodig"
Heard = dict[User, list[str]]


class Clock:
    """The time of a test; every day that it passes, the jobs of that day run, and run again."""

    def __init__(self, traveller: Any) -> None:
        self.traveller = traveller
        self.set(START)

    @property
    def today(self) -> date:
        return timezone.localdate()

    def set(self, day: date, hour: int = 9) -> None:
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Amsterdam"))
        self.traveller.move_to(moment)

    def pass_until(self, day: date) -> None:
        """Up to and with that day; two days at either end stand for a longer stretch."""
        ahead = [self.today + timedelta(days=n) for n in range(1, (day - self.today).days + 1)]
        for one in dict.fromkeys(ahead[:2] + ahead[-2:]):
            for hour in (7, 16):
                self.set(one, hour)
                remind_reviewers.call()
                remind.call()
                jobs.drain()


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(START, tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture(autouse=True)
def demand_review() -> None:
    review_all()


def reminded(kind: Any, about: Any) -> Heard:
    """Who ever got which reminder of this item, in order; twice is twice in the list."""
    found: Heard = {}
    lines = Notification.objects.filter(kind=kind.name, item_uuid=about.uuid).order_by("pk")
    for line in lines.select_related("person"):
        found.setdefault(line.person, []).append(line.facts["outcome"])
    return found


def waiting(about: Any) -> set[User]:
    lines = Notification.objects.filter(kind=DUE.name, item_uuid=about.uuid).unread()
    return set(User.objects.filter(pk__in=lines.values("person")))


def shown_to_a_reader(page: Any) -> str:
    client = Client()
    client.force_login(UserFactory())
    return str(client.get(live(page).url).content.decode())


@dataclass
class Trip:
    """The two pages, the people around them, and what each is to have heard so far."""

    clock: Clock
    writer: User = field(default_factory=author)
    first: User = field(default_factory=lambda: reviewer(0))
    second: User = field(default_factory=lambda: reviewer(1))
    chair: User = field(default_factory=lambda: reviewer(2, role=Role.BOARD_CHAIR))
    pages: list[Any] = field(default_factory=list)
    guard: User = field(init=False)
    items: list[ReviewItem] = field(default_factory=list)

    def __post_init__(self) -> None:
        kept = {"live": False, "owner": self.writer, "responsible": self.writer}
        theme = theme_page(**kept)
        self.pages = [theme, knowledge_document(themes=[theme], **kept)]
        self.guard = ambassador(theme)

    def hand_in(self, summary: str) -> None:
        texts = [text_of(self.writer, live(page), summary=summary) for page in self.pages]
        self.items = [rounds.submit(actor=self.writer, page=text) for text in texts]

    def approve(self, *people: User) -> None:
        for person in people:
            for item in self.items:
                approve(person, item)

    def all_were_reminded(self, kind: Any, about: list[Any], expected: Heard) -> None:
        assert [reminded(kind, one) for one in about] == [expected] * len(about)

    def all_show(self, words: str, *, shown: bool = True) -> None:
        assert [words in shown_to_a_reader(page) for page in self.pages] == [shown, shown]

    @property
    def due_on(self) -> date:
        days = {live(page).review_due_on for page in self.pages}
        assert len(days) == 1
        return days.pop()


def reviewers_are_reminded(trip: Trip) -> None:
    """Three days before, on the day, and a week after; then the chair too."""
    for item in trip.items:
        reviewers.take_up(actor=trip.first, item=item)
    day, heard = trip.items[0].due_on, {trip.first: ["soon", "due", "late"], trip.chair: ["late"]}
    trip.clock.pass_until(day - timedelta(days=4))
    trip.all_were_reminded(REMINDED, trip.items, {})
    trip.clock.pass_until(day - timedelta(days=1))
    trip.all_were_reminded(REMINDED, trip.items, {trip.first: ["soon"]})
    trip.clock.pass_until(day + timedelta(days=6))
    trip.all_were_reminded(REMINDED, trip.items, {trip.first: ["soon", "due"]})
    trip.clock.pass_until(day + timedelta(days=9))
    trip.all_were_reminded(REMINDED, trip.items, heard)


def two_others_approve(trip: Trip) -> None:
    trip.approve(trip.first)
    assert not any(live(page).live for page in trip.pages)
    trip.approve(trip.second)
    today = trip.clock.today
    assert trip.due_on == today.replace(year=today.year + 1)
    assert {live(page).trust.reviewed_on for page in trip.pages} == {today}
    trip.all_show("2 mensen van 2 organisaties")


def keepers_are_reminded(trip: Trip) -> Heard:
    """A month before, on the day, and a month after: owner, then ambassador, then the board."""
    due_on, owner = trip.due_on, trip.writer
    trip.clock.pass_until(due_on - MONTH - timedelta(days=1))
    trip.all_were_reminded(DUE, trip.pages, {})
    trip.clock.pass_until(due_on - timedelta(days=1))
    trip.all_were_reminded(DUE, trip.pages, {owner: ["before"]})
    trip.all_show(OVERDUE, shown=False)
    trip.clock.pass_until(due_on + MONTH - timedelta(days=1))
    on_the_day = {owner: ["before", "on-the-day"], trip.guard: ["on-the-day"]}
    trip.all_were_reminded(DUE, trip.pages, on_the_day)
    trip.all_show(OVERDUE)
    trip.clock.pass_until(due_on + MONTH + timedelta(days=3))
    board = {person: ["after"] for person in (trip.first, trip.second, trip.chair)}
    heard = {person: [*codes, "after"] for person, codes in on_the_day.items()} | board
    trip.all_were_reminded(DUE, trip.pages, heard)
    assert [waiting(page) for page in trip.pages] == [set(heard)] * 2
    return heard


def the_second_judgment_begins_anew(trip: Trip, heard: Heard) -> None:
    former = trip.due_on
    trip.hand_in("Nagekeken.")
    trip.approve(trip.second, trip.chair)
    trip.clock.pass_until(trip.clock.today + timedelta(days=3))
    trip.all_were_reminded(REMINDED, trip.items, {})
    trip.all_were_reminded(DUE, trip.pages, heard)
    assert [waiting(page) for page in trip.pages] == [set(), set()]
    trip.all_show(OVERDUE, shown=False)
    assert trip.due_on > former.replace(year=former.year + 1)
    trip.clock.pass_until(trip.due_on - MONTH - timedelta(days=1))
    trip.clock.pass_until(trip.due_on - MONTH + timedelta(days=2))
    owner = {trip.writer: [*heard[trip.writer], "before"]}
    trip.all_were_reminded(DUE, trip.pages, heard | owner)


def test_from_handing_in_to_the_second_judgment_every_reminder_goes_out_once(clock: Clock) -> None:
    trip = Trip(clock)
    trip.hand_in("Wat er nieuw is.")
    reviewers_are_reminded(trip)
    two_others_approve(trip)
    heard = keepers_are_reminded(trip)
    the_second_judgment_begins_anew(trip, heard)
