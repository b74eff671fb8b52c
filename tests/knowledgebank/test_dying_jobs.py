"""Jobs that remind people die before any of their statements, and are run again: nobody is told
twice, and nobody is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Any

import pytest
from django.utils import timezone

from knowledgebank.models import ReviewItem, WorkList
from knowledgebank.review.actions import reviewers
from knowledgebank.review.notices import REMINDED
from knowledgebank.review.reminders import remind_reviewers
from knowledgebank.upkeep.notices import DUE, WEEK
from knowledgebank.upkeep.reminding import remind
from knowledgebank.upkeep.weekly import tell_of_work
from kpo import jobs
from kpo.inbox.models import Notification
from kpo.inbox.telling import notify
from tests.dying import KilledError, as_it_was, killed_before
from tests.factories.pages import theme_page
from tests.factories.people import UserFactory
from tests.factories.review import author, review_all, reviewer, submitted
from tests.factories.upkeep import ambassador

pytestmark = pytest.mark.django_db
Heard = Counter[tuple[int, str]]


def heard(kind: Any) -> Heard:
    lines = Notification.objects.filter(kind=kind.name)
    return Counter((line.person_id, str(line.item_uuid)) for line in lines)


def check(run: Callable[[], Any], kind: Any) -> None:
    """Kill `run` before each of its statements in turn, and let the next run finish."""
    jobs.drain()
    with as_it_was():
        run()
        jobs.drain()
        whole = heard(kind)
    assert len(whole) >= 2
    assert set(whole.values()) == {1}
    for statement in count():
        is_whole = False
        with as_it_was():
            with suppress(KilledError), killed_before(statement):
                run()
                is_whole = True
            run()
            jobs.drain()
            assert heard(kind) == whole, statement
        if is_whole:
            assert statement > 2
            return


def two_items() -> list[ReviewItem]:
    review_all()
    items, member = [submitted(author()), submitted(author())], reviewer()
    ReviewItem.objects.update(due_on=timezone.localdate())
    for item in items:
        item.refresh_from_db()
        reviewers.take_up(actor=member, item=item)
    return items


def test_reviewers_are_reminded_once() -> None:
    two_items()
    check(remind_reviewers.call, REMINDED)


def test_keepers_of_pages_are_reminded_once() -> None:
    for _ in range(2):
        theme_page(responsible=UserFactory(), review_due_on=timezone.localdate())
    check(remind.call, DUE)


def test_guards_of_themes_hear_once_what_there_is_to_do() -> None:
    for _ in range(2):
        theme = theme_page(review_due_on=timezone.localdate())
        ambassador(theme)
        WorkList.objects.create(theme=theme)
    check(tell_of_work.call, WEEK)


def test_the_lines_of_one_reminder_are_written_together() -> None:
    item = two_items()[0]
    reviewers.take_up(actor=reviewer(1), item=item)
    about = {"kind": REMINDED.name, "item_type": "review", "item_uuid": str(item.uuid)}
    told = {"event": "one", "facts": {"outcome": "due"}, "actor": None, "space": ""}
    check(lambda: notify.call(**about, **told, due_on=None), REMINDED)
