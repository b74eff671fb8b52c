"""The job that mails a digest dies before any of its statements, or around the sending, and is run
again: nothing is lost, and what goes out twice is the same mail by the same name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
import time_machine
from django.core import mail

from kpo.inbox.channels import Channel
from kpo.inbox.mailing import mail_digest
from kpo.inbox.models import Notification
from kpo.people import mail as sending
from kpo.people.models import User
from tests.dying import KilledError, as_it_was, killed_before
from tests.factories.notices import NEWS, notification, registered
from tests.factories.pages import theme_page
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-23T08:10:00+01:00"
BEFORE = "2026-11-19T12:00:00+01:00"
WEEKLY = replace(NEWS, default=Channel.WEEKLY)


@pytest.fixture
def person() -> Iterator[User]:
    """Somebody for whom two lines wait, on the morning when they are due."""
    made: User = UserFactory()
    with registered(WEEKLY):
        with time_machine.travel(BEFORE, tick=False):
            for title in ("Vakantieparken", "Nachtregister"):
                notification(made, theme_page(title=title), WEEKLY)
        with time_machine.travel(MONDAY, tick=False):
            yield made


def check_all_is_told() -> set[str]:
    """Every mail that went out tells of both lines, which are noted; the names of the mails."""
    assert mail.outbox
    for message in mail.outbox:
        assert "Vakantieparken" in message.body
        assert "Nachtregister" in message.body
    assert not Notification.objects.filter(mailed_at=None).exists()
    return {str(message.extra_headers["Message-ID"]) for message in mail.outbox}


def test_a_digest_that_dies_before_any_statement_goes_out_by_one_name(person: User) -> None:
    again = set()
    for statement in count():
        mail.outbox.clear()
        is_whole = False
        with as_it_was():
            with suppress(KilledError), killed_before(statement):
                mail_digest.call(person=person.pk)
                is_whole = True
            sent = len(mail.outbox)
            was_noted = not Notification.objects.filter(mailed_at=None).exists()
            mail_digest.call(person=person.pk)
            assert len(check_all_is_told()) == 1, statement
            assert len(mail.outbox) == sent + (not was_noted), statement
            again.add(sent + (not was_noted))
        if is_whole:
            break
    assert statement > 5
    assert again == {1, 2}


@pytest.mark.parametrize(("is_sent", "times"), [(False, 1), (True, 2)])
def test_a_digest_that_dies_around_the_sending_loses_nothing(
    person: User, monkeypatch: pytest.MonkeyPatch, is_sent: bool, times: int
) -> None:
    send = sending.send

    def die(message: Any) -> bool:
        if is_sent:
            send(message)
        raise KilledError

    with monkeypatch.context() as patch, suppress(KilledError):
        patch.setattr(sending, "send", die)
        mail_digest.call(person=person.pk)
    assert Notification.objects.filter(mailed_at=None).count() == 2
    mail_digest.call(person=person.pk)
    assert len(check_all_is_told()) == 1
    assert len(mail.outbox) == times
    mail_digest.call(person=person.pk)
    assert len(mail.outbox) == times
