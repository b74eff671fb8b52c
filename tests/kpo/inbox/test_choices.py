"""What people choose about their inbox: by which way, and who stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from kpo.inbox import actions
from kpo.inbox.channels import Channel
from kpo.inbox.kinds import all_kinds
from kpo.inbox.models import Absence, Preference
from kpo.inbox.permissions import possible_substitutes
from kpo.inbox.preferences import chosen
from kpo.people.choices import ShownTo
from kpo.people.models import User
from kpo.people.reader import ANONYMOUS, reader_for
from kpo.people.roles import Role
from tests.factories.notices import NEWS, registered
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
PREFERENCES = "/mijn/postvak/voorkeuren/"
ABSENCE = "/mijn/postvak/afwezig/"
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with registered(NEWS):
        yield


@pytest.fixture
def person() -> User:
    return UserFactory()


@pytest.fixture
def colleague(person: User) -> User:
    return UserFactory(organisation=person.organisation)


def answers(channel: str) -> dict[str, str]:
    return {f"soort-{number}": channel for number, _ in enumerate(all_kinds())}


def test_without_a_choice_the_kind_decides(person: User) -> None:
    assert chosen(person)[NEWS.name] == NEWS.default


def test_choices_are_kept_and_shown_again(person: User, sign_in: SignIn) -> None:
    client = sign_in(person)
    client.post(PREFERENCES, answers(Channel.MONTHLY))
    client.post(PREFERENCES, answers(Channel.DAILY))
    assert set(chosen(person).values()) == {Channel.DAILY}
    assert 'value="daily" selected' in client.get(PREFERENCES).content.decode()


def test_a_way_that_there_is_not_is_refused(person: User, sign_in: SignIn) -> None:
    assert sign_in(person).post(PREFERENCES, answers("pigeon")).status_code == 422
    assert not Preference.objects.exists()
    with pytest.raises(ValueError):
        actions.choose_channels(actor=person, channels={"gone.kind": Channel.DAILY})


# --- Away ---------------------------------------------------------------------------------------
def days(first: int, last: int) -> dict[str, Any]:
    today = timezone.localdate()
    return {"since": today + timedelta(days=first), "until": today + timedelta(days=last)}


def test_an_absence_is_kept_changed_and_ended(
    person: User, colleague: User, sign_in: SignIn
) -> None:
    client = sign_in(person)
    for last in (3, 9):
        typed = days(1, last) | {"substitute": colleague.uuid}
        assert client.post(ABSENCE, typed).status_code == 302
    assert Absence.objects.get().until == days(1, 9)["until"]
    assert str(colleague) in client.get(ABSENCE).content.decode()
    assert str(person) in sign_in(colleague).get(ABSENCE).content.decode()
    client.post(f"{ABSENCE}terug/")
    assert not Absence.objects.exists()


@pytest.mark.parametrize(("first", "last"), [(3, 1), (-9, -2)])
def test_days_that_make_no_sense_are_refused_with_what_was_typed(
    person: User, colleague: User, sign_in: SignIn, first: int, last: int
) -> None:
    with pytest.raises(ValidationError):
        actions.be_away(actor=person, substitute=colleague, **days(first, last))
    typed = days(first, last) | {"substitute": colleague.uuid}
    answer = sign_in(person).post(ABSENCE, typed)
    assert answer.status_code == 422
    assert str(typed["until"]) in answer.content.decode()
    assert not Absence.objects.exists()


def test_a_substitute_is_a_colleague_or_of_the_same_role_and_shows_it() -> None:
    person = UserFactory(roles=[Role.BOARD_MEMBER])
    own = {"organisation": person.organisation}
    near = {
        UserFactory(**own),
        UserFactory(roles=[Role.BOARD_MEMBER]),
        UserFactory(roles=[Role.BOARD_MEMBER], **own),
    }
    far = [
        UserFactory(),
        UserFactory(roles=[Role.EDITOR]),
        UserFactory(stopped=True, **own),
        UserFactory(show_profile=ShownTo.NOBODY, **own),
    ]
    assert set(possible_substitutes(reader_for(person))) == near
    assert not possible_substitutes(ANONYMOUS).exists()
    for other in (person, *far):
        with pytest.raises(PermissionDenied):
            actions.be_away(actor=person, substitute=other, **days(0, 3))
