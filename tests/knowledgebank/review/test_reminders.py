"""Reminders of reviewers, by a clock that moves; and who stands in for who is away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from knowledgebank.models import Ambassador, ReviewItem
from knowledgebank.review import people
from knowledgebank.review.actions import reviewers
from knowledgebank.review.reminders import remind_reviewers
from knowledgebank.review.standing import standing_of
from kpo import jobs
from kpo.inbox.models import Absence, Notification
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.people import UserFactory
from tests.factories.review import approve, author, is_published, review_all, reviewer, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demand_review() -> None:
    review_all()


def reminded(person: User) -> list[str]:
    lines = Notification.objects.filter(person=person, kind="review.reminded").order_by("pk")
    return [line.facts["outcome"] for line in lines]


def run_on(day: date) -> None:
    with time_machine.travel(f"{day.isoformat()}T07:00:00+01:00", tick=False):
        remind_reviewers.call()
        jobs.drain()


def away(person: User, substitute: User) -> None:
    today = timezone.localdate()
    Absence.objects.create(
        person=person, substitute=substitute, since=today, until=today + timedelta(days=7)
    )


def test_each_reminder_goes_out_once_whatever_the_clock_does() -> None:
    item, member, chair = submitted(author()), reviewer(0), reviewer(1, role=Role.BOARD_CHAIR)
    reviewers.take_up(actor=member, item=item)
    for days in (-10, -4, -3, -3, -2, 0, 0, 1, 6, 7, 8, 30):
        run_on(item.due_on + timedelta(days=days))
    assert reminded(member) == ["soon", "due", "late"]
    assert reminded(chair) == ["late"]


def test_what_a_worker_missed_comes_with_the_next_reminder_only() -> None:
    item, member = submitted(author()), reviewer(0)
    reviewers.take_up(actor=member, item=item)
    run_on(item.due_on + timedelta(days=20))
    assert reminded(member) == ["late"]


def test_who_judged_is_not_reminded_and_nobody_after_the_end() -> None:
    item, first, second = submitted(author()), reviewer(0), reviewer(1)
    approve(first, item)
    run_on(item.due_on)
    assert reminded(first) == []
    assert reminded(second) == ["due"]
    approve(second, item)
    run_on(item.due_on + timedelta(days=7))
    assert reminded(second) == ["due"]
    assert not Notification.objects.filter(kind="review.reminded").unread().exists()


def test_the_substitute_of_who_was_asked_judges_in_their_place() -> None:
    item, expert, stand_in = submitted(author()), UserFactory(), UserFactory()
    reviewers.ask(actor=reviewer(0), item=item, person=expert)
    assert people.refusal(reader_for(stand_in), item)
    away(expert, stand_in)
    assert people.refusal(reader_for(stand_in), item) == ""
    assert stand_in in people.readers_of(item)
    assert item in ReviewItem.objects.visible_to(reader_for(stand_in))
    run_on(item.due_on)
    assert reminded(stand_in) == []
    run_on(timezone.localdate())
    approve(stand_in, item)
    Absence.objects.all().delete()
    assert item in ReviewItem.objects.visible_to(reader_for(stand_in))
    assert [one.reviewer for one in standing_of(item).counting] == [stand_in]


def test_who_stood_in_and_gave_no_vote_has_no_task_left() -> None:
    item, expert, stand_in = submitted(author()), UserFactory(), UserFactory()
    reviewers.ask(actor=reviewer(0), item=item, person=expert)
    away(expert, stand_in)
    Absence.objects.all().delete()
    assert item not in ReviewItem.objects.visible_to(reader_for(stand_in))


def test_an_author_does_not_choose_who_judges_by_being_away() -> None:
    guard = author(roles=[Role.EDITOR, Role.AMBASSADOR])
    item, friend = submitted(guard), UserFactory()
    Ambassador.objects.create(theme=item.page.themepage, person=guard)
    away(guard, friend)
    assert people.refusal(reader_for(friend), item)


def test_the_substitute_of_an_ambassador_counts_as_one() -> None:
    item = submitted(author())
    task = item.task.specific
    task.needs_ambassador = True
    task.save()
    guard, stand_in = UserFactory(roles=[Role.AMBASSADOR]), reviewer(2)
    Ambassador.objects.create(theme=item.page.themepage, person=guard)
    away(guard, stand_in)
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    assert not is_published(item.page)
    approve(stand_in, item)
    assert is_published(item.page)
