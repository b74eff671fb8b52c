"""Following and keeping: for oneself alone, and only what one may read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from kpo.inbox import actions
from kpo.inbox.models import Bookmark, Follow
from kpo.pages.actions import change_audience
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.pages import theme_page
from tests.factories.people import UserFactory


@pytest.fixture
def theme(db: None) -> Any:
    return theme_page(tokens.PUBLIC_SECTOR, title="Vakantieparken")


def test_following_twice_is_following_once(theme: Any) -> None:
    person = UserFactory()
    actions.follow(actor=person, page=theme)
    actions.follow(actor=person, page=theme)
    assert Follow.objects.of(person).count() == 1


def test_who_may_not_read_a_page_may_not_follow_it(theme: Any) -> None:
    with pytest.raises(PermissionDenied):
        actions.follow(actor=UserFactory(private=True), page=theme)


def test_marks_of_a_narrowed_page_are_hidden_and_kept(theme: Any, team: Any) -> None:
    person = UserFactory()
    actions.keep(actor=person, page=theme)
    change_audience(actor=team[Role.EDITOR], page=theme, audience=tokens.NOBODY)
    assert not Bookmark.objects.visible_to(reader_for(person)).exists()
    assert Bookmark.objects.of(person).exists()


def test_nobody_sees_the_marks_of_another(theme: Any, sign_in: Callable[[User], Client]) -> None:
    actions.keep(actor=UserFactory(), page=theme)
    answer = sign_in(UserFactory()).get("/mijn/bewaard/").content.decode()
    assert "Vakantieparken" not in answer


def test_button_on_the_page_follows_and_leads_back(
    theme: Any, sign_in: Callable[[User], Client]
) -> None:
    person = UserFactory()
    answer = sign_in(person).post(f"/mijn/pagina/{theme.uuid}/volg/")
    assert answer.headers["Location"] == theme.url
    assert Follow.objects.of(person).on(theme).exists()


def test_the_way_back_never_leads_to_another_site(
    theme: Any, sign_in: Callable[[User], Client]
) -> None:
    typed = {"next": "https://elders.example/"}
    answer = sign_in(UserFactory()).post(f"/mijn/pagina/{theme.uuid}/bewaar/", typed)
    assert answer.headers["Location"] == theme.url
