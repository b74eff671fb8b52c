"""Screens of the CMS show an editor no more than that editor holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kpo.pages.actions import change_audience
from kpo.pages.models import Announcement, ReadablePage
from kpo.people import tokens
from kpo.people.choices import Sector, ShownTo
from kpo.people.models import Circle, User
from kpo.people.roles import Role
from tests.conftest import Team
from tests.factories.files import document
from tests.factories.pages import home_page, plain_page, theme_page
from tests.factories.people import CircleFactory, UserFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def circle(team: Team) -> Circle:
    made: Circle = CircleFactory(parts=[("sector", Sector.RIEC)])
    return made


@pytest.fixture
def editor(circle: Circle) -> User:
    """Part of the circle by name, so that it can be taken back."""
    person: User = UserFactory(roles=[Role.EDITOR])
    circle.grants.create(person=person)
    return person


def test_the_home_page_forgets_pages_that_are_no_longer_held(
    circle: Circle, editor: User, sign_in: SignIn
) -> None:
    page = plain_page(home_page(), circle.token, title="Werkwijze van de kring")
    page.locked, page.locked_by, page.locked_at = True, editor, timezone.now()
    page.save()
    client = sign_in(editor)
    assert "Werkwijze van de kring" in client.get("/cms/").content.decode()
    circle.grants.all().delete()
    assert "Werkwijze van de kring" not in client.get("/cms/").content.decode()


@pytest.mark.parametrize("address", ["chosen/{0}/", "chosen-multiple/?id={0}"])
def test_a_closed_announcement_is_not_chosen_by_its_number(
    address: str, circle: Circle, editor: User, sign_in: SignIn
) -> None:
    row = Announcement.objects.create(text="Alleen voor de kring", audience=circle.token)
    asked = f"/cms/snippets/choose/pages/announcement/{address.format(row.pk)}"
    assert "Alleen voor de kring" in sign_in(editor).get(asked).content.decode()
    other = sign_in(UserFactory(roles=[Role.BOARD_CHAIR])).get(asked)
    assert "Alleen voor de kring" not in other.content.decode()


def test_narrowing_a_page_closes_its_aliases_too(circle: Circle, editor: User) -> None:
    page = plain_page(home_page(), tokens.ACCOUNTS)
    alias = page.create_alias(user=editor, update_slug="zelfde-elders")
    again = alias.specific.create_alias(user=editor, update_slug="nog-elders")
    closed = change_audience(actor=editor, page=page, audience=circle.token)
    assert {one.pk for one in closed} == {alias.pk, again.pk}
    audiences = ReadablePage.objects.filter(pk__in=[alias.pk, again.pk])
    assert set(audiences.values_list("audience", flat=True)) == {tokens.NOBODY}


def test_an_alias_that_fits_stays(circle: Circle, editor: User) -> None:
    page = plain_page(home_page(), tokens.PUBLIC)
    alias = page.create_alias(user=editor, update_slug="zelfde-elders")
    ReadablePage.objects.filter(pk=alias.pk).update(audience=tokens.ACCOUNTS)
    assert change_audience(actor=editor, page=page, audience=tokens.ACCOUNTS) == []


def test_who_hides_is_not_offered_as_an_expert(editor: User, sign_in: SignIn) -> None:
    UserFactory(first_name="Verborgen", last_name="Vogel", show_profile=ShownTo.NOBODY)
    UserFactory(first_name="Zichtbare", last_name="Zwaan")
    theme: Any = theme_page()
    page = sign_in(editor).get(f"/cms/pages/{theme.pk}/edit/").content.decode()
    assert "Zichtbare Zwaan" in page
    assert "Verborgen Vogel" not in page


def test_who_is_chosen_already_stays_chosen(editor: User, sign_in: SignIn) -> None:
    hidden = UserFactory(first_name="Verborgen", last_name="Vogel", show_profile=ShownTo.NOBODY)
    theme: Any = theme_page(responsible=hidden)
    page = sign_in(editor).get(f"/cms/pages/{theme.pk}/edit/").content.decode()
    assert "Verborgen Vogel" in page


def test_one_action_on_many_files_names_none_that_is_not_held(
    circle: Circle, editor: User, sign_in: SignIn
) -> None:
    ours = document(audience=tokens.ACCOUNTS, title="Voor iedereen")
    theirs = document(audience=circle.token, title="Voor de kring")
    asked = f"/cms/bulk/files/document/delete/?id={ours.pk}&id={theirs.pk}"
    assert "Voor de kring" in sign_in(editor).get(asked).content.decode()
    outsider = sign_in(UserFactory(roles=[Role.EDITOR]))
    assert outsider.get(asked).status_code == 404
    assert outsider.get(asked.rpartition("&")[0]).status_code == 200


@pytest.mark.parametrize("which", ["id=all", "id=all&childOf={0}", "id={1}&id={2}"])
def test_one_action_on_many_pages_names_none_that_is_not_held(
    which: str, circle: Circle, editor: User, sign_in: SignIn
) -> None:
    home = home_page()
    ours = plain_page(home, tokens.ACCOUNTS, title="Werkwijze van iedereen")
    theirs = plain_page(home, circle.token, title="Werkwijze van de kring")
    asked = f"/cms/bulk/wagtailcore/page/move/?{which.format(home.pk, ours.pk, theirs.pk)}"
    assert "Werkwijze van de kring" in sign_in(editor).get(asked).content.decode()
    outsider = sign_in(UserFactory(roles=[Role.EDITOR])).get(asked).content.decode()
    assert "Werkwijze van de kring" not in outsider
    assert ("Werkwijze van iedereen" in outsider) == ("all" in which)


@pytest.mark.parametrize(
    "which", ["id=all&childOf=9999", "id=all&childOf=x", "id=x", "id=" + "9" * 30]
)
def test_one_action_on_no_page_is_not_found(which: str, editor: User, sign_in: SignIn) -> None:
    asked = f"/cms/bulk/wagtailcore/page/move/?{which}"
    assert sign_in(editor).get(asked).status_code == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BOARD_CHAIR, Role.AMBASSADOR])
def test_who_keeps_no_pages_and_files_is_shown_none_to_act_on(
    role: Role, circle: Circle, sign_in: SignIn
) -> None:
    page = plain_page(home_page(), tokens.ACCOUNTS)
    file = document(audience=tokens.ACCOUNTS)
    client = sign_in(UserFactory(roles=[role]))
    for row in (f"wagtailcore/page/publish/?id={page.pk}", f"files/document/delete/?id={file.pk}"):
        assert client.get(f"/cms/bulk/{row}").status_code == 404


@pytest.mark.parametrize("address", ["{0}/", "search/?q=Werkwijze"])
def test_the_page_chooser_lists_what_is_held(
    address: str, circle: Circle, editor: User, sign_in: SignIn, drain: Callable[[], int]
) -> None:
    home = home_page()
    plain_page(home, tokens.ACCOUNTS, title="Werkwijze van iedereen")
    plain_page(home, circle.token, title="Werkwijze van de kring")
    drain()
    asked = f"/cms/choose-page/{address.format(home.pk)}"
    assert "Werkwijze van de kring" in sign_in(editor).get(asked).content.decode()
    other = sign_in(UserFactory(roles=[Role.EDITOR])).get(asked).content.decode()
    assert "Werkwijze van iedereen" in other
    assert "Werkwijze van de kring" not in other
