"""What the database itself refuses of review and upkeep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from knowledgebank.models import Concern, LawChange, Release, Reminder, ReviewRule
from kpo.people.models import User
from tests.factories.pages import theme_page
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def concern(page: Any, **fields: Any) -> None:
    Concern.objects.create(page=page, **({"reason": Concern.Reason.WRONG} | fields))


def change() -> LawChange:
    return LawChange.objects.create(
        identifier="BWBR0001854", what="Anders.", since=timezone.localdate()
    )


def person() -> User:
    return UserFactory()


REFUSED: dict[str, Callable[[Any], object]] = {
    "a concern of a person and of a law": lambda page: concern(
        page, law=change(), person=person(), reason="law"
    ),
    "a concern of a law for another reason": lambda page: concern(page, law=change()),
    "a reader who says that a law has changed": lambda page: concern(
        page, person=person(), reason="law"
    ),
    "an unknown reason": lambda page: concern(page, person=person(), reason="boos"),
    "an unknown outcome": lambda page: concern(
        page, person=person(), outcome="weg", closed_at=timezone.now()
    ),
    "an unknown step": lambda page: Reminder.objects.create(
        page=page, due_on=timezone.localdate(), step="later"
    ),
    "an unknown way": lambda page: Release.objects.create(page=page, fingerprint="x", way="zomaar"),
    "an interval of nothing": lambda page: ReviewRule.objects.create(
        page_type="themepage", theme=page, interval_months=0
    ),
    "an interval of a lifetime": lambda page: ReviewRule.objects.create(
        page_type="themepage", theme=page, interval_months=121
    ),
    "a rule for what is never judged": lambda page: ReviewRule.objects.create(
        page_type="newspage", theme=page
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name: str) -> None:
    page = theme_page()
    with pytest.raises(IntegrityError, match="check constraint"), transaction.atomic():
        REFUSED[name](page)


def test_the_database_keeps_what_is_as_it_should_be() -> None:
    page = theme_page()
    concern(page, person=person())
    concern(page, law=change(), reason=Concern.Reason.LAW)
    ReviewRule.objects.create(page_type="themepage", theme=page, interval_months=120)
