"""Mail: one per person over everything, made when sent, and nothing that others may not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone

from knowledgebank.notices import CHANGED, NEW
from kpo import jobs
from kpo.inbox import actions
from kpo.inbox.channels import Channel
from kpo.inbox.letters import CLOSED, CLOSED_SUBJECT
from kpo.inbox.mailing import mail_digest, mail_digests, mail_line
from kpo.inbox.models import Notification
from kpo.inbox.telling import tell
from kpo.pages.actions import change_audience
from kpo.people import tokens
from kpo.people.choices import Sector
from kpo.people.models import Circle, User
from kpo.people.roles import Role
from tests.conftest import Team
from tests.factories.notices import NEWS, SENTENCE, TASK, notification, registered
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
# A Monday, after seven in the morning, and the week before it.
MONDAY = "2026-11-23T08:10:00+01:00"
BEFORE = "2026-11-19T12:00:00+01:00"
WEEKLY = replace(NEWS, default=Channel.WEEKLY)
AT_ONCE = replace(NEWS, name="proof.hurry", label="Haast van de proef", default=Channel.AT_ONCE)


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with registered(WEEKLY, AT_ONCE, replace(TASK, default=Channel.WEEKLY)):
        yield


@pytest.fixture
def circle() -> Circle:
    made: Circle = CircleFactory(name="Kring Besloten", parts=[("sector", Sector.RIEC)])
    return made


@pytest.fixture
def person() -> User:
    organisation = OrganisationFactory(sector=Sector.RIEC)
    made: User = UserFactory(first_name="Noor", organisation=organisation)
    return made


def waiting(person: User, item: Any, kind: Any = WEEKLY, **fields: Any) -> Notification:
    """A line from last week."""
    with time_machine.travel(BEFORE, tick=False):
        return notification(person, item, kind, **fields)


def send_digests(moment: str = MONDAY) -> list[Any]:
    """The mails that go out when the clock shows this moment."""
    mail.outbox.clear()
    with time_machine.travel(moment, tick=False):
        mail_digests.call()
        jobs.drain()
    return list(mail.outbox)


def whole(message: Any) -> str:
    """Everything a mail says: subject, headers, text and HTML."""
    html = "".join(str(content) for content, _ in message.alternatives)
    headers = "\n".join(f"{name}: {value}" for name, value in message.message().items())
    return "\n".join([message.subject, headers, message.body, html])


def queued() -> list[str]:
    """What the jobs know that are to mail a digest."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->'kwargs' FROM procrastinate_jobs WHERE args->>'task' = %s",
            [mail_digest.module_path],
        )
        return [row[0] for row in cursor.fetchall()]


# --- One mail for a week ------------------------------------------------------------------------
def test_one_mail_tells_all_that_waits_once(person: User) -> None:
    theme, document = theme_page(title="Vakantieparken"), knowledge_document(title="Nachtregister")
    waiting(person, theme)
    waiting(person, document, TASK)
    (message,) = send_digests()
    said = whole(message)
    assert (message.to, message.subject) == ([person.email], "Jouw week op KPO")
    assert "Dag Noor," in message.body
    for text in ("Vakantieparken", "Nachtregister", SENTENCE, "Nog te doen", "Openbaar"):
        assert text in message.body, text
        assert said.count(text) >= 2, text
    assert message.body.index("Nog te doen") < message.body.index(WEEKLY.heading)
    assert send_digests() == []


def test_nothing_new_no_mail(person: User) -> None:
    assert send_digests() == []


def test_what_was_read_is_not_mailed(person: User) -> None:
    waiting(person, theme_page(), read_at=timezone.now())
    assert send_digests() == []


@pytest.mark.parametrize(
    ("channel", "moment", "is_sent"),
    [
        (Channel.DAILY, "2026-11-20T07:05:00+01:00", True),
        (Channel.DAILY, "2026-11-19T23:00:00+01:00", False),
        (Channel.WEEKLY, "2026-11-22T23:00:00+01:00", False),
        (Channel.MONTHLY, "2026-11-30T23:00:00+01:00", False),
        (Channel.MONTHLY, "2026-12-01T07:05:00+01:00", True),
        # The worker was away on Monday morning.
        (Channel.WEEKLY, "2026-11-25T15:00:00+01:00", True),
        (Channel.PLATFORM, MONDAY, False),
        (Channel.NOTHING, MONDAY, False),
    ],
)
def test_each_channel_has_its_moments(
    person: User, channel: Channel, moment: str, is_sent: bool
) -> None:
    waiting(person, theme_page())
    actions.choose_channels(actor=person, channels={WEEKLY.name: channel})
    assert bool(send_digests(moment)) is is_sent


def test_who_chose_two_rhythms_gets_one_mail_when_both_are_due(person: User) -> None:
    waiting(person, theme_page(title="Bibob"))
    waiting(person, theme_page(title="Vastgoed"), AT_ONCE)
    actions.choose_channels(actor=person, channels={AT_ONCE.name: Channel.DAILY})
    (message,) = send_digests()
    assert "Bibob" in message.body
    assert "Vastgoed" in message.body


def test_a_long_list_is_cut_and_says_how_much_more(person: User) -> None:
    theme = theme_page()
    for _ in range(13):
        waiting(person, theme)
    (message,) = send_digests()
    assert message.body.count(theme.title) == 10
    assert "En nog 3." in message.body


# --- What a mail does not say -------------------------------------------------------------------
def test_closed_content_is_in_no_mail(person: User, circle: Circle) -> None:
    closed = theme_page(circle.token, title="Geheime werkwijze", slug="geheim-adres")
    for _ in range(7):
        waiting(person, closed)
    (message,) = send_digests()
    said = whole(message)
    for text in ("Geheim", "geheim-adres", circle.name, "7", str(circle.uuid), str(closed.uuid)):
        # Colors, tokens and moments have figures; a number of lines would stand in the text.
        assert text not in (message.body if text == "7" else said).replace(
            message.extra_headers["List-Unsubscribe"].strip("<>"), ""
        ), text
    assert CLOSED in message.body
    assert "Wat er in een besloten community staat" in said


def test_one_closed_line_or_many_make_the_same_mail(person: User, circle: Circle) -> None:
    def told() -> str:
        (message,) = send_digests()
        return re.sub(r"\S*/afmelden/\S*", "", message.subject + message.body)

    closed = theme_page(circle.token)
    waiting(person, closed)
    one = told()
    for _ in range(4):
        waiting(person, closed)
    assert told() == one


def test_a_closed_theme_is_not_named_by_what_is_new_in_it(person: User, circle: Circle) -> None:
    closed = theme_page(circle.token, title="Geheime werkwijze")
    document = knowledge_document(title="Open stuk", themes=[closed])
    actions.follow(actor=person, page=closed)
    waiting(person, document, NEW)
    (message,) = send_digests()
    assert "Open stuk" in message.body
    assert "Geheim" not in whole(message)


@pytest.mark.parametrize("how", ["narrowed", "left", "second factor", "switched off"])
def test_what_was_lost_between_queue_and_sending_is_not_mailed(
    person: User, circle: Circle, team: Team, how: str
) -> None:
    theme = theme_page(circle.token if how == "left" else tokens.ACCOUNTS)
    waiting(person, theme)
    with time_machine.travel(MONDAY, tick=False):
        mail_digests.call()
        assert queued() == [f'{{"person": {person.pk}}}']
        if how == "narrowed":
            change_audience(actor=team[Role.EDITOR], page=theme, audience=tokens.NOBODY)
        elif how == "left":
            circle.parts.all().delete()
        elif how == "second factor":
            person.groups.add(*team[Role.EDITOR].groups.all())
        else:
            User.objects.filter(pk=person.pk).update(is_active=False, left_because="stopped")
        jobs.drain()
    assert mail.outbox == []


def test_the_queue_knows_whom_and_nothing_else(person: User) -> None:
    waiting(person, theme_page(title="Vakantieparken"))
    with time_machine.travel(MONDAY, tick=False):
        mail_digests.call()
    assert queued() == [f'{{"person": {person.pk}}}']


# --- At once ------------------------------------------------------------------------------------
def hurry(item: Any) -> list[Any]:
    mail.outbox.clear()
    tell(AT_ONCE, item, event=f"{item.uuid}")
    jobs.drain()
    return list(mail.outbox)


def test_one_line_is_mailed_at_once_and_once(person: User) -> None:
    (message,) = hurry(theme_page(title="Vakantieparken"))
    assert message.subject == f"{AT_ONCE.label}: Vakantieparken"
    assert SENTENCE in message.body
    row = Notification.objects.get()
    mail_line.call(notification=row.pk)
    assert len(mail.outbox) == 1
    assert send_digests() == []


def test_of_closed_content_only_that_there_is_something(person: User, circle: Circle) -> None:
    (message,) = hurry(theme_page(circle.token, title="Geheime werkwijze"))
    assert message.subject == CLOSED_SUBJECT
    assert "Geheim" not in whole(message)
    assert CLOSED in message.body


@pytest.mark.parametrize("how", ["read", "narrowed", "another way", "deleted"])
def test_what_changed_since_it_was_queued_is_looked_at(person: User, team: Team, how: str) -> None:
    theme = theme_page()
    row = notification(person, theme, AT_ONCE)
    if how == "read":
        actions.mark_read(actor=person, notification=row)
    elif how == "narrowed":
        change_audience(actor=team[Role.EDITOR], page=theme, audience=tokens.NOBODY)
    elif how == "another way":
        actions.choose_channels(actor=person, channels={AT_ONCE.name: Channel.WEEKLY})
    else:
        row.delete()
    mail_line.call(notification=row.pk or 0)
    assert mail.outbox == []


def test_a_title_with_line_breaks_forges_no_header(person: User) -> None:
    (message,) = hurry(theme_page(title="Een\r\nBcc: elders@voorbeeld.nl"))
    assert message.message()["Bcc"] is None
    assert message.recipients() == [person.email]


def test_who_follows_hears_of_a_change_with_its_note(person: User) -> None:
    theme = theme_page(title="Vakantieparken")
    actions.follow(actor=person, page=theme)
    waiting(person, theme, CHANGED, facts={"note": "weg"})
    (message,) = send_digests()
    assert "De pagina is bijgewerkt." in message.body


# --- Trouble ------------------------------------------------------------------------------------
def test_a_server_that_is_away_is_tried_again_and_nothing_is_lost(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(person, theme_page())
    with monkeypatch.context() as patch:
        patch.setattr("kpo.people.mail.send", _away)
        assert send_digests() == []
        assert not Notification.objects.exclude(mailed_at=None).exists()
    with time_machine.travel("2026-11-23T08:20:00+01:00", tick=False):
        mail_digest.call(person=person.pk)
    assert len(mail.outbox) == 1


def _away(message: Any) -> bool:
    raise ConnectionRefusedError


def test_a_mail_that_is_made_twice_is_the_same_mail(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker killed after sending and before noting it sends again: by the same name."""
    waiting(person, theme_page())
    (first,) = send_digests()
    Notification.objects.update(mailed_at=None)
    (second,) = send_digests()
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.extra_headers["Message-ID"].endswith("@localhost>")
