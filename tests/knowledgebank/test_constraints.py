"""What the database itself refuses of review and upkeep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from knowledgebank.models import Appraisal, Concern, LawChange, Release, Reminder, ReviewRule
from knowledgebank.review.starter_method import ensure_method
from kpo.people.models import User
from tests.factories.pages import theme_page
from tests.factories.people import UserFactory
from tests.factories.review import approve, author, review_all, reviewer, submitted

pytestmark = pytest.mark.django_db


def concern(page: Any, **fields: Any) -> None:
    Concern.objects.create(page=page, **({"reason": Concern.Reason.WRONG} | fields))


def change() -> LawChange:
    return LawChange.objects.create(
        identifier="BWBR0001854", what="Anders.", since=timezone.localdate()
    )


def person() -> User:
    return UserFactory()


def appraisal() -> Appraisal:
    review_all()
    return approve(reviewer(0), submitted(author()))


# What, the constraint that refuses it, and how it is written past every verb and form.
REFUSED: dict[str, tuple[str, Callable[[Any], object]]] = {
    "a concern of a person and of a law": (
        "concern_of_a_reader_or_of_a_law",
        lambda page: concern(page, law=change(), person=person(), reason="law"),
    ),
    "a concern of a law for another reason": (
        "concern_of_a_reader_or_of_a_law",
        lambda page: concern(page, law=change()),
    ),
    "a reader who says that a law has changed": (
        "concern_of_a_reader_or_of_a_law",
        lambda page: concern(page, person=person(), reason="law"),
    ),
    "an unknown reason": (
        "concern_reason_is_known",
        lambda page: concern(page, person=person(), reason="boos"),
    ),
    "an unknown outcome": (
        "concern_outcome_is_known",
        lambda page: concern(page, person=person(), outcome="weg", closed_at=timezone.now()),
    ),
    "an unknown step": (
        "reminder_step_is_known",
        lambda page: Reminder.objects.create(page=page, due_on=timezone.localdate(), step="later"),
    ),
    "an unknown way": (
        "release_way_is_known",
        lambda page: Release.objects.create(page=page, fingerprint="x", way="zomaar"),
    ),
    "an interval of nothing": (
        "rule_interval_is_at_most_ten_years",
        lambda page: ReviewRule.objects.create(
            page_type="themepage", theme=page, interval_months=0
        ),
    ),
    "an interval of a lifetime": (
        "rule_interval_is_at_most_ten_years",
        lambda page: ReviewRule.objects.create(
            page_type="themepage", theme=page, interval_months=121
        ),
    ),
    "a rule for what is never judged": (
        "rule_type_is_known",
        lambda page: ReviewRule.objects.create(page_type="newspage", theme=page),
    ),
    "an unknown verdict": (
        "appraisal_verdict_is_known",
        lambda page: Appraisal.objects.filter(pk=appraisal().pk).update(verdict="misschien"),
    ),
    "an unknown axis": (
        "criterion_axis_is_known",
        lambda page: ensure_method().current.criteria.update(axis="smaak"),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name: str) -> None:
    page = theme_page()
    constraint, write = REFUSED[name]
    with pytest.raises(IntegrityError, match=f'"{constraint}"'), transaction.atomic():
        write(page)


def test_the_database_keeps_what_is_as_it_should_be() -> None:
    page = theme_page()
    concern(page, person=person())
    concern(page, law=change(), reason=Concern.Reason.LAW)
    ReviewRule.objects.create(page_type="themepage", theme=page, interval_months=120)
