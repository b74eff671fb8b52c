"""A hit that a reader may not read after all: administrators hear of it, once an hour."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import DatabaseError
from django.utils import timezone

from kpo.pages.models import ReadablePage
from kpo.people import tokens
from kpo.people.reader import ANONYMOUS
from kpo.people.roles import Role
from search import refusals
from search.models import Refusal, State
from search.queries import search
from search.records import SearchPage, SearchQuery
from tests.factories.pages import theme_page
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def refused(drain: Callable[[], int]) -> Callable[[], SearchPage]:
    """A search of which one hit was closed behind everyone's back, as a fault would."""
    page = theme_page(title="Kwikzilver")
    theme_page(title="Kwikzilver en lood")
    drain()
    ReadablePage.objects.filter(pk=page.pk).update(audience=tokens.ACCOUNTS)
    return lambda: search(ANONYMOUS, SearchQuery("kwikzilver"))


def test_administrators_hear_of_it_once_an_hour(
    refused: Callable[[], SearchPage], drain: Callable[[], int], mailoutbox: list[EmailMessage]
) -> None:
    administrator = UserFactory(roles=[Role.ADMINISTRATOR])
    UserFactory(roles=[Role.EDITOR])
    UserFactory(roles=[Role.ADMINISTRATOR], is_active=False, left_because="stopped")
    for _ in range(3):
        refused()
    drain()
    assert [mail.to for mail in mailoutbox] == [[administrator.email]]
    State.objects.update(told_at=timezone.now() - timedelta(minutes=59))
    refused()
    drain()
    assert len(mailoutbox) == 1
    State.objects.update(told_at=timezone.now() - timedelta(minutes=61))
    refused()
    drain()
    assert len(mailoutbox) == 2
    assert refusals.since(timezone.now() - timedelta(days=1)) == 5


def test_the_mail_says_neither_what_nor_how_much(
    refused: Callable[[], SearchPage], drain: Callable[[], int], mailoutbox: list[EmailMessage]
) -> None:
    UserFactory(roles=[Role.ADMINISTRATOR])
    refused()
    drain()
    (mail,) = mailoutbox
    said = f"{mail.subject} {mail.body}".lower()
    assert "/cms/beheer/" in said
    assert "kwikzilver" not in said
    assert not any(character.isdigit() for character in said.replace("localhost:8000", ""))


def test_an_answer_without_refusals_tells_nobody(drain: Callable[[], int]) -> None:
    theme_page(title="Kwikzilver")
    drain()
    search(ANONYMOUS, SearchQuery("kwikzilver"))
    assert not Refusal.objects.exists()
    assert drain() == 0


def test_who_asks_gets_an_answer_when_counting_fails(
    refused: Callable[[], SearchPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(number: int) -> None:
        raise DatabaseError

    monkeypatch.setattr(refusals, "_count", fail)
    assert [hit.title for hit in refused().hits] == ["Kwikzilver en lood"]


def test_old_counts_are_forgotten() -> None:
    Refusal.objects.create(count=1, at=timezone.now() - timedelta(days=31))
    Refusal.objects.create(count=2)
    refusals.forget_old()
    assert [refusal.count for refusal in Refusal.objects.all()] == [2]
