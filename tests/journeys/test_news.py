"""News as it travels: followed, published, counted, mailed on Monday, clicked, and unsubscribed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlparse

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from knowledgebank.models import ChangeNote, ThemePage
from kpo.inbox.mailing import mail_digests
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOTE = "De termijn is zes weken geworden."
MONDAY, NEXT_MONDAY = "2026-11-23T08:05:00+01:00", "2026-11-30T08:05:00+01:00"
LAST_MONDAY = "2026-12-07T08:05:00+01:00"


def publish_with_note(theme: Any, editor: User, text: str) -> None:
    page = ThemePage.objects.get(pk=theme.pk)
    page.change_notes.add(ChangeNote(text=text, on=timezone.localdate()))
    page.save_revision(user=editor).publish(user=editor)


def mails_of(moment: str, drain: Callable[[], int]) -> list[Any]:
    mail.outbox.clear()
    with time_machine.travel(moment, tick=False):
        mail_digests.call()
        drain()
    return list(mail.outbox)


def test_news_reaches_a_follower_in_time_and_stops_when_asked(
    team: Any, sign_in: Callable[[User], Client], drain: Callable[[], int]
) -> None:
    with time_machine.travel("2026-11-19T10:00:00+01:00", tick=False):
        theme = theme_page(tokens.ACCOUNTS, title="Autoverhuur")
    follower = UserFactory()
    client = sign_in(follower)
    client.post(f"/mijn/pagina/{theme.uuid}/volg/")

    with time_machine.travel("2026-11-20T10:00:00+01:00", tick=False):
        publish_with_note(theme, team[Role.EDITOR], NOTE)
        knowledge_document(tokens.ACCOUNTS, title="Handreiking huurauto's", themes=[theme])
        drain()
    inbox = client.get("/mijn/postvak/").content.decode()
    assert NOTE in inbox
    assert ", 2 nieuw</span>" in inbox

    (message,) = mails_of(MONDAY, drain)
    assert message.to == [follower.email]
    assert NOTE in message.body
    assert "Handreiking huurauto's" in message.body
    line = next(word for word in message.body.split() if "/mijn/postvak/" in word)
    assert client.get(urlparse(line).path).headers["Location"] == theme.url
    assert ", 1 nieuw</span>" in client.get("/mijn/postvak/").content.decode()
    assert mails_of(NEXT_MONDAY, drain) == []

    stop = urlparse(message.extra_headers["List-Unsubscribe"].strip("<>")).path
    assert Client().post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with time_machine.travel("2026-12-02T10:00:00+01:00", tick=False):
        publish_with_note(theme, team[Role.EDITOR], "Er is een loket bij gekomen.")
        drain()
    assert mails_of(LAST_MONDAY, drain) == []
    assert "Er is een loket bij gekomen." in client.get("/mijn/postvak/").content.decode()
