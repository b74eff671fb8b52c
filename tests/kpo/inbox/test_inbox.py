"""The inbox on screen: what is new, opened, marked, muted; one's own, and what one may read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kpo.inbox import actions
from kpo.inbox.lines import MOST_COUNTED, unread_count
from kpo.inbox.models import Mute, Notification
from kpo.pages.actions import change_audience
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.reader import ANONYMOUS, reader_for
from kpo.people.roles import Role
from tests.conftest import Team
from tests.counting import queries_of
from tests.factories.notices import NEWS, SENTENCE, notification, registered
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
INBOX = "/mijn/postvak/"
TITLE = "Vakantieparken"
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with registered(NEWS):
        yield


@pytest.fixture
def theme() -> Any:
    return theme_page(tokens.PUBLIC_SECTOR, title=TITLE)


@pytest.fixture
def person() -> User:
    return UserFactory()


@pytest.fixture
def client(person: User, sign_in: SignIn) -> Client:
    return sign_in(person)


def page(client: Client) -> str:
    return client.get(INBOX).content.decode()


def test_a_line_says_what_happened_to_what(client: Client, person: User, theme: Any) -> None:
    notification(person, theme)
    shown = page(client)
    assert TITLE in shown
    assert SENTENCE in shown


def test_an_empty_inbox_says_how_to_fill_it(client: Client) -> None:
    assert "Kies thema&#x27;s om te volgen" in page(client) or "om te volgen" in page(client)


def test_opening_a_line_leads_to_the_item_and_marks_it_read(
    client: Client, person: User, theme: Any
) -> None:
    row = notification(person, theme)
    assert client.head(f"{INBOX}{row.uuid}/").headers["Location"] == theme.url
    assert Notification.objects.of(person).unread().exists()
    assert client.get(f"{INBOX}{row.uuid}/").headers["Location"] == theme.url
    assert not Notification.objects.of(person).unread().exists()


@pytest.mark.parametrize("verb", ["", "gelezen/", "dempen/"])
def test_a_line_of_another_or_of_what_was_closed_does_not_exist(
    sign_in: SignIn, team: Team, person: User, theme: Any, verb: str
) -> None:
    row = notification(person, theme)

    def ask(who: User) -> int:
        method = "post" if verb else "get"
        return int(getattr(sign_in(who), method)(f"{INBOX}{row.uuid}/{verb}").status_code)

    assert ask(UserFactory()) == 404
    change_audience(actor=team[Role.EDITOR], page=theme, audience=tokens.NOBODY)
    assert ask(person) == 404
    assert not Mute.objects.exists()


def test_all_is_read_at_once_and_that_can_be_undone(
    client: Client, person: User, theme: Any
) -> None:
    old = notification(person, theme, read_at=timezone.now())
    for _ in range(2):
        notification(person, theme)
    stranger = notification(UserFactory(), theme)
    answer = client.post(f"{INBOX}alles-gelezen/")
    assert not Notification.objects.of(person).unread().exists()
    assert "Maak ongedaan" in client.get(answer.headers["Location"]).content.decode()
    moment = answer.headers["Location"].partition("gelezen=")[2]
    client.post(f"{INBOX}toch-nieuw/", {"gelezen": moment})
    assert Notification.objects.of(person).unread().count() == 2
    old.refresh_from_db()
    stranger.refresh_from_db()
    assert (old.read_at is not None, stranger.read_at) == (True, None)


@pytest.mark.parametrize("typed", ["", "1", "9" * 16, "٣" * 16, "1795406400000000"])
def test_a_moment_that_marked_nothing_undoes_nothing(
    client: Client, person: User, theme: Any, typed: str
) -> None:
    notification(person, theme, read_at=timezone.now())
    assert client.post(f"{INBOX}toch-nieuw/", {"gelezen": typed}).status_code == 302
    assert "Maak ongedaan" not in client.get(INBOX, {"gelezen": typed}).content.decode()
    assert not Notification.objects.of(person).unread().exists()


def test_muting_ends_what_is_new_of_that_item_and_can_be_taken_back(
    client: Client, person: User, theme: Any
) -> None:
    row, other = notification(person, theme), notification(person, theme_page())
    client.post(f"{INBOX}{row.uuid}/dempen/")
    assert list(Notification.objects.of(person).unread()) == [other]
    assert TITLE in client.get(f"{INBOX}voorkeuren/").content.decode()
    client.post(f"{INBOX}gedempt/{Mute.objects.get().uuid}/aan/")
    assert not Mute.objects.exists()


def test_nobody_takes_back_what_another_muted(sign_in: SignIn, person: User, theme: Any) -> None:
    actions.mute(actor=person, notification=notification(person, theme))
    address = f"{INBOX}gedempt/{Mute.objects.get().uuid}/aan/"
    assert sign_in(UserFactory()).post(address).status_code == 404


def test_what_was_muted_and_closed_since_is_not_named(
    client: Client, team: Team, person: User, theme: Any
) -> None:
    actions.mute(actor=person, notification=notification(person, theme))
    change_audience(actor=team[Role.EDITOR], page=theme, audience=tokens.NOBODY)
    assert TITLE not in client.get(f"{INBOX}voorkeuren/").content.decode()


# --- The bell -----------------------------------------------------------------------------------
def test_the_bell_counts_what_is_new_and_may_be_read(
    client: Client, team: Team, person: User, theme: Any
) -> None:
    notification(person, theme)
    notification(person, theme_page())
    notification(person, theme_page(), read_at=timezone.now())
    notification(UserFactory(), theme_page())
    assert unread_count(reader_for(person)) == 2
    assert ", 2 nieuw</span>" in client.get("/mijn/bewaard/").content.decode()
    change_audience(actor=team[Role.EDITOR], page=theme, audience=tokens.NOBODY)
    assert unread_count(reader_for(person)) == 1
    assert unread_count(ANONYMOUS) == 0


def test_the_bell_stops_counting_in_time(client: Client, person: User, theme: Any) -> None:
    for _ in range(MOST_COUNTED + 3):
        notification(person, theme)
    shown = client.get("/mijn/bewaard/").content.decode()
    assert "meer dan 99 nieuw" in shown
    assert unread_count(reader_for(person)) == MOST_COUNTED + 1


def test_the_bell_is_one_query_of_a_reader_of_many_kinds(
    person: User, theme: Any, django_assert_num_queries: Any
) -> None:
    notification(person, theme)
    reader = reader_for(person)
    with django_assert_num_queries(1):
        assert unread_count(reader) == 1


def test_the_list_takes_as_many_queries_for_many_lines(client: Client, person: User) -> None:
    notification(person, theme_page())
    notification(person, knowledge_document())
    client.get(INBOX)
    few = queries_of(lambda: client.get(INBOX))
    for _ in range(8):
        notification(person, theme_page())
        notification(person, knowledge_document())
    assert queries_of(lambda: client.get(INBOX)) == few


def test_a_kind_that_no_app_tells_any_more_is_left_out(
    client: Client, person: User, theme: Any
) -> None:
    row = notification(person, theme)
    Notification.objects.filter(pk=row.pk).update(kind="gone.kind")
    assert TITLE not in page(client)
