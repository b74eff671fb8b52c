"""Telling: one line per person and event, for who may read it and wants to hear it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from kpo import jobs
from kpo.inbox.channels import Channel
from kpo.inbox.jobs import forget_what_was_lost
from kpo.inbox.models import Absence, Mute, Notification, Preference
from kpo.inbox.telling import settle, tell
from kpo.items import type_of
from kpo.pages.actions import change_audience
from kpo.people import tokens
from kpo.people.choices import Sector
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.conftest import Team
from tests.factories.notices import NEWS, TASK, notification, registered
from tests.factories.pages import theme_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with registered(NEWS, TASK):
        yield


@pytest.fixture
def theme() -> Any:
    return theme_page(tokens.PUBLIC_SECTOR, title="Vakantieparken")


@pytest.fixture
def person() -> User:
    return UserFactory()


def told(person: User) -> int:
    return Notification.objects.of(person).count()


def visible(person: User) -> int:
    return Notification.objects.visible_to(reader_for(person)).count()


def test_an_event_is_told_once_however_often_it_is_told(theme: Any, person: User) -> None:
    for _ in range(2):
        tell(NEWS, theme, event="een")
        jobs.drain()
    tell(NEWS, theme, event="twee")
    jobs.drain()
    assert told(person) == 2


def test_the_database_refuses_a_second_line_of_one_event(theme: Any, person: User) -> None:
    notification(person, theme, event="een")
    with pytest.raises(Exception, match="one_notification_per_event"), transaction.atomic():
        notification(person, theme, event="een")


def test_a_verb_that_is_undone_tells_nobody(theme: Any, person: User) -> None:
    with transaction.atomic():
        tell(NEWS, theme, event="een")
        transaction.set_rollback(True)
    jobs.drain()
    assert told(person) == 0


def test_only_who_may_read_the_item_is_told(theme: Any, person: User) -> None:
    outsider = UserFactory(private=True)
    stopped = UserFactory(stopped=True)
    tell(NEWS, theme, event="een")
    jobs.drain()
    assert (told(person), told(outsider), told(stopped)) == (1, 0, 0)


def test_who_did_it_is_not_told(theme: Any, person: User) -> None:
    tell(NEWS, theme, event="een", actor=person)
    jobs.drain()
    assert told(person) == 0


@pytest.mark.parametrize(
    ("everywhere", "here", "is_told"),
    [
        ("", "", True),
        (Channel.NOTHING, "", False),
        (Channel.NOTHING, Channel.DAILY, True),
        (Channel.DAILY, Channel.NOTHING, False),
    ],
)
def test_a_choice_for_one_community_goes_above_the_one_for_all(
    theme: Any, person: User, everywhere: str, here: str, is_told: bool
) -> None:
    space = "community:1b671a64-40d5-491e-99b0-da01ff1f3341"
    for where, channel in (("", everywhere), (space, here)):
        if channel:
            Preference.objects.create(person=person, kind=NEWS.name, space=where, channel=channel)
    tell(NEWS, theme, event="een", space=space)
    jobs.drain()
    assert bool(told(person)) is is_told


def test_a_muted_item_tells_nothing_and_others_do(theme: Any, person: User) -> None:
    of_type = type_of(theme).name
    Mute.objects.create(person=person, item_type=of_type, item_uuid=theme.uuid)
    tell(NEWS, theme, event="een")
    tell(NEWS, theme_page(), event="twee")
    jobs.drain()
    assert told(person) == 1


def test_of_something_deleted_before_the_worker_came_nobody_is_told(
    theme: Any, person: User
) -> None:
    tell(NEWS, theme, event="een")
    theme.delete()
    jobs.drain()
    assert told(person) == 0


def test_narrowing_hides_at_once_and_the_worker_removes(
    theme: Any, team: Team, person: User
) -> None:
    notification(person, theme)
    change_audience(actor=team[Role.EDITOR], page=theme, audience=tokens.NOBODY)
    assert (visible(person), told(person)) == (0, 1)
    jobs.drain()
    assert told(person) == 0


@pytest.mark.parametrize("how", ["unpublish", "delete"])
def test_what_is_taken_down_leaves_every_inbox(theme: Any, person: User, how: str) -> None:
    notification(person, theme)
    getattr(theme, how)()
    assert visible(person) == 0
    jobs.drain()
    assert told(person) == 0


def test_who_leaves_a_circle_loses_the_lines_that_night(person: User) -> None:
    organisation = OrganisationFactory(sector=Sector.RIEC)
    member = UserFactory(organisation=organisation)
    theme = theme_page(CircleFactory(parts=[("sector", Sector.RIEC)]).token)
    notification(member, theme)
    notification(member, theme_page())
    assert visible(member) == 2
    organisation.sector = Sector.BANK
    organisation.save()
    assert visible(User.objects.get(pk=member.pk)) == 1
    forget_what_was_lost.call()
    assert told(member) == 1


def absent(person: User, substitute: User) -> None:
    today = timezone.localdate()
    Absence.objects.create(
        person=person,
        since=today - timedelta(days=1),
        until=today + timedelta(days=1),
        substitute=substitute,
    )


def test_a_task_goes_to_the_substitute_too_and_news_does_not(theme: Any) -> None:
    away, substitute = UserFactory(), UserFactory()
    only_away = registered(
        *(
            kind.__class__(
                **vars(kind) | {"receivers": lambda item, facts: User.objects.filter(pk=away.pk)}
            )
            for kind in (NEWS, TASK)
        )
    )
    absent(away, substitute)
    with only_away:
        tell(NEWS, theme, event="een")
        tell(TASK, theme, event="een")
        jobs.drain()
    (row,) = Notification.objects.of(substitute)
    assert (row.kind, row.instead_of) == (TASK.name, away)
    assert told(away) == 2


def test_a_substitute_who_may_not_read_it_is_not_told(theme: Any, person: User) -> None:
    outsider = UserFactory(private=True)
    absent(person, outsider)
    tell(TASK, theme, event="een")
    jobs.drain()
    assert told(outsider) == 0


def test_a_task_that_is_done_waits_in_no_inbox(theme: Any, person: User) -> None:
    notification(person, theme, TASK)
    notification(person, theme, NEWS)
    settle(TASK, theme)
    assert [row.kind for row in Notification.objects.of(person).unread()] == [NEWS.name]


def test_the_queue_holds_codes_and_no_words(theme: Any) -> None:
    tell(NEWS, theme, event="een", facts={"note": "abc"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs ORDER BY id DESC LIMIT 1")
        assert theme.title not in cursor.fetchone()[0]
