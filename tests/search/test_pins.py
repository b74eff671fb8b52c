"""Pins put pages first for a question, and open, count and hide nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from knowledgebank.models import HomePage
from kpo.audit.models import Entry
from kpo.pages.models import ReadablePage
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.reader import ANONYMOUS, Reader, reader_for
from kpo.people.roles import Role
from search import pin_actions, queries
from search.engines.protocol import EngineUnavailableError
from search.pinned import Pin
from search.records import PAGE_SIZE, SearchPage, SearchQuery
from tests.conftest import Team
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import CircleFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
SCREEN = "/cms/uitgelicht/"


def pinned(team: Team, *pages: ReadablePage, **fields: Any) -> Pin:
    values = {"questions": ["campings"], "pages": [page.uuid for page in pages]} | fields
    return pin_actions.save_pin(actor=team[Role.EDITOR], pin=Pin(**values))


def ask(text: str = "camping", reader: Reader = ANONYMOUS, **fields: Any) -> SearchPage:
    return queries.search(reader, SearchQuery(text, **fields))


def titles(page: SearchPage) -> list[str]:
    return [hit.title for hit in page.hits]


def test_a_pin_stands_first_in_any_form_of_the_question_and_changes_no_number(
    team: Team, drain: Callable[[], int]
) -> None:
    knowledge_document(title="Over campings", summary="camping camping")
    other = theme_page(title="Havens")
    drain()
    before = ask()
    pinned(team, other)
    for text in ("camping", "De Campings?"):
        after = ask(text)
        assert titles(after) == ["Havens", "Over campings"]
        assert [hit.is_pinned for hit in after.hits] == [True, False]
        assert (after.total, after.types, after.facets) == (1, before.types, before.facets)
        assert after.shown == 1
    assert titles(ask("camping haven")) != ["Havens", "Over campings"]


def test_what_was_found_as_well_is_shown_once(team: Team, drain: Callable[[], int]) -> None:
    best = theme_page(title="Campings")
    second = knowledge_document(title="Havens", summary="een camping")
    drain()
    assert titles(ask()) == ["Campings", "Havens"]
    pinned(team, second, best)
    page = ask()
    assert titles(page) == ["Havens", "Campings"]
    assert (page.total, page.shown) == (2, 2)


def test_no_page_of_the_answer_loses_a_thing(team: Team, drain: Callable[[], int]) -> None:
    every = [
        knowledge_document(title=f"Camping {n}", summary="camping") for n in range(PAGE_SIZE + 1)
    ]
    drain()
    last = ask(page=2).hits[0].title
    pinned(team, next(page for page in every if page.title == last))
    first, second = ask(), ask(page=2)
    assert titles(first)[0] == last
    assert (len(first.hits), titles(second)) == (PAGE_SIZE + 1, [last])
    assert (first.total, first.shown, second.shown) == (PAGE_SIZE + 1, PAGE_SIZE, 1)


def test_a_pin_opens_nothing(team: Team, drain: Callable[[], int]) -> None:
    circle = CircleFactory(parts=[])
    closed = theme_page(title="Havens", audience=tokens.circle_token(circle.uuid))
    theme_page(title="Campings")
    drain()
    before = ask()
    Pin.objects.create(questions=["camping"], pages=[closed.uuid])
    pinned(team, theme_page(title="Nergens", live=False))
    assert ask() == before
    member = UserFactory()
    circle.grants.create(person=member)
    assert titles(ask(reader=reader_for(member))) == ["Havens", "Campings"]


def test_a_pin_stays_within_what_the_question_is_narrowed_to(
    team: Team, drain: Callable[[], int]
) -> None:
    knowledge_document(title="Over campings")
    pinned(team, theme_page(title="Havens"))
    drain()
    assert titles(ask(type="document")) == ["Over campings"]
    assert titles(ask(type="theme")) == ["Havens"]
    assert titles(ask(sort="date")) == ["Over campings"]
    assert titles(ask('"camping"')) == ["Over campings"]
    assert titles(ask(until=dt.date(2000, 1, 1))) == []


def test_a_pin_works_until_its_last_day(team: Team) -> None:
    today = timezone.localdate()
    pin = pinned(team, theme_page(title="Havens"), until=today)
    assert titles(ask()) == ["Havens"]
    pin.until = today - dt.timedelta(days=1)
    pin_actions.save_pin(actor=team[Role.EDITOR], pin=pin)
    assert titles(ask()) == []


def test_the_table_answers_with_pins_too(
    team: Team, drain: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    pinned(team, theme_page(title="Havens"))
    drain()

    def away(*args: object) -> None:
        raise EngineUnavailableError("away")

    monkeypatch.setattr(queries, "_from_index", away)
    page = ask()
    assert (titles(page), page.notice, page.total) == (["Havens"], "degraded", 0)


def test_who_removes_a_pin_is_logged_without_the_question(team: Team) -> None:
    pin = pinned(team, theme_page(title="Havens"))
    pin_actions.delete_pin(actor=team[Role.EDITOR], pin=pin)
    assert titles(ask()) == []
    entries = Entry.objects.filter(action__startswith="pins.").order_by("pk")
    assert [entry.action for entry in entries] == ["pins.save", "pins.delete"]
    assert "camping" not in str([(entry.object_label, entry.details) for entry in entries])


def test_others_pin_nothing_and_editors_only_what_they_may_edit(
    team: Team,
) -> None:
    circle = CircleFactory(parts=[])
    closed = theme_page(title="Havens", audience=tokens.circle_token(circle.uuid))
    free = Pin(questions=["camping"], pages=[theme_page(title="Campings").uuid])
    for role in (Role.BOARD_MEMBER, Role.AUDITOR, Role.READER):
        with pytest.raises(PermissionDenied):
            pin_actions.save_pin(actor=UserFactory(roles=[role]), pin=free)
    pin = Pin.objects.create(questions=["camping"], pages=[closed.uuid])
    for change in (pin_actions.save_pin, pin_actions.delete_pin):
        with pytest.raises(PermissionDenied):
            change(actor=team[Role.EDITOR], pin=Pin.objects.get(pk=pin.pk))


def test_a_question_has_plain_words() -> None:
    for question in ('"camping"', "-camping", "?!", ""):
        with pytest.raises(ValidationError):
            Pin(questions=["camping", question]).clean()


# --- The screens ---------------------------------------------------------------------------------
def test_editors_pin_by_address(team: Team, sign_in: Callable[[User], Client]) -> None:
    page = theme_page(title="Havens")
    client = sign_in(team[Role.EDITOR])
    assert page.url in client.get(f"{SCREEN}new/?vraag=camping&adres={page.url}").content.decode()
    form = {"questions": "camping\ncampings huren", "pages": f"https://kpo.example{page.url}?q=1"}
    answer = client.post(f"{SCREEN}new/", form)
    assert answer.status_code == 302, answer.content.decode()
    pin = Pin.objects.get()
    assert (pin.questions, pin.pages) == (["camping", "campings huren"], [page.uuid])
    assert page.url in client.get(f"{SCREEN}edit/{pin.pk}/").content.decode()
    assert "Havens" in client.get(SCREEN).content.decode()


def test_what_is_closed_and_what_is_not_there_are_refused_alike(
    team: Team, sign_in: Callable[[User], Client], site: HomePage
) -> None:
    circle = CircleFactory(parts=[])
    closed = theme_page(title="Havens", audience=tokens.circle_token(circle.uuid))
    client = sign_in(team[Role.EDITOR])
    for address in (closed.url, "/nergens/", "/"):
        answer = client.post(f"{SCREEN}new/", {"questions": "camping", "pages": address})
        text = " ".join(answer.content.decode().split())
        assert f"vinden we niet, of je mag ze niet bewerken: {address}" in text, text
    assert not Pin.objects.exists()


def test_a_number_of_a_person_is_refused_and_what_was_typed_is_kept(
    team: Team, sign_in: Callable[[User], Client]
) -> None:
    page = theme_page(title="Havens")
    form = {"questions": "camping", "pages": page.url, "note": "Uit zaak 123456782."}
    answer = sign_in(team[Role.EDITOR]).post(f"{SCREEN}new/", form)
    assert answer.status_code == 200
    assert "burgerservicenummer" in answer.content.decode()
    assert page.url in answer.content.decode()
    assert not Pin.objects.exists()


def test_a_pin_with_a_closed_page_does_not_exist_for_who_may_not_meet_it(
    team: Team, sign_in: Callable[[User], Client]
) -> None:
    circle = CircleFactory(parts=[])
    closed = theme_page(title="Havens", audience=tokens.circle_token(circle.uuid))
    pin = Pin.objects.create(questions=["kwikzilver"], pages=[closed.uuid])
    client = sign_in(team[Role.EDITOR])
    assert "kwikzilver" not in client.get(SCREEN).content.decode()
    for name in ("edit", "delete", "history"):
        assert client.get(f"{SCREEN}{name}/{pin.pk}/").status_code == 404
    circle.grants.create(person=team[Role.EDITOR])
    assert "kwikzilver" in client.get(SCREEN).content.decode()
