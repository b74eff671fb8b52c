"""A worker or a server that dies halfway: a step of an offer is done once, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from knowledgebank.models import Offer, OfferConsent, OfferMessage, Practice, ReviewItem
from knowledgebank.offering import following
from knowledgebank.offering.actions import consenting, drafting, handling
from knowledgebank.offering.stages import progress_of
from kpo import jobs
from kpo.audit.models import Entry
from kpo.inbox import message_actions, telling
from kpo.inbox.mailing import mail_line
from kpo.inbox.models import Message, Notification
from kpo.people import tokens
from tests.factories.offers import agreed, asked, draft, fresh, page_of, sent, submitter, taken_in
from tests.factories.people import UserFactory
from tests.factories.review import reviewer

pytestmark = pytest.mark.django_db
Do = Callable[[], object]


class KilledError(BaseException):
    """As a signal ends a process: nothing that catches errors catches it."""


def die(*args: Any, **kwargs: Any) -> None:
    raise KilledError


def all_rows() -> dict[Any, Any]:
    """What a step of an offer writes, and what waits in the queue."""
    kept = (Offer, OfferConsent, OfferMessage, Practice, ReviewItem, Entry, Notification, Message)
    found: dict[Any, Any] = {model: list(model.objects.order_by("pk").values()) for model in kept}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status FROM procrastinate_jobs ORDER BY id")
        return found | {"jobs": cursor.fetchall()}


def sending() -> tuple[Any, Do]:
    # Whom it goes to.
    reviewer(0)
    offer = draft(submitter())
    return drafting, lambda: drafting.send(actor=offer.person, offer=offer)


def asking_back() -> tuple[Any, Do]:
    offer, member = sent(submitter()), reviewer(0)
    return handling, lambda: handling.ask_back(actor=member, offer=offer, text="Hoe lang?")


def writing_back() -> tuple[Any, Do]:
    offer = taken_in(submitter(), reviewer(0))
    return drafting, lambda: drafting.write_back(actor=offer.person, offer=offer, text="Een jaar.")


def taking_in() -> tuple[Any, Do]:
    offer, member = sent(submitter()), reviewer(0)
    held = tokens.ACCOUNTS
    return handling, lambda: handling.take_in(actor=member, offer=offer, audience=held)


def asking_consent() -> tuple[Any, Do]:
    member = reviewer(0)
    offer = taken_in(submitter(), member)
    return handling, lambda: handling.ask_consent(actor=member, offer=offer)


def agreeing() -> tuple[Any, Do]:
    offer = asked(submitter(), reviewer(0))
    seen = progress_of(offer).mark
    return consenting, lambda: consenting.agree(actor=offer.person, offer=offer, seen=seen)


def publishing() -> tuple[Any, Do]:
    offer = agreed(submitter(), reviewer(0))
    return following, lambda: page_of(offer).get_latest_revision().publish()


def writing_a_message() -> tuple[Any, Do]:
    writer, listed = UserFactory(), UserFactory(in_directory=True)
    return message_actions, lambda: message_actions.write_message(
        actor=writer, recipient=listed, text="Hoe pakken jullie dat aan?"
    )


STEPS = (
    sending,
    asking_back,
    writing_back,
    taking_in,
    asking_consent,
    agreeing,
    publishing,
    writing_a_message,
)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_was_killed_at_its_end_left_nothing_and_is_done_once(
    step: Callable[[], tuple[Any, Do]], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, do = step()
    jobs.drain()
    before, mails = all_rows(), len(mail.outbox)
    with monkeypatch.context() as patch:
        patch.setattr(place, "tell", die)
        with pytest.raises(KilledError):
            do()
    assert all_rows() == before
    do()
    jobs.drain()
    told = Counter(Notification.objects.values_list("kind", "event", "person"))
    assert set(told.values()) == {1}
    assert len(told) > len(before[Notification])
    assert len(mail.outbox) <= mails + len(told) - len(before[Notification])


def test_news_that_was_cut_off_halfway_is_told_once_and_mailed_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, do = writing_a_message()
    do()
    with monkeypatch.context() as patch:
        patch.setattr(telling, "mail_line", Broken())
        jobs.drain()
    # The lines went with the mail that could not be queued: the next attempt writes both.
    assert not Notification.objects.exists()
    assert not mail.outbox
    retry_now()
    assert Notification.objects.count() == 1
    assert len(mail.outbox) == 1
    mail_line.call(notification=Notification.objects.get().pk)
    retry_now()
    assert (Notification.objects.count(), len(mail.outbox)) == (1, 1)


class Broken:
    def enqueue(self, **arguments: Any) -> None:
        raise ConnectionError


def retry_now() -> None:
    """Let the moment of the next attempt come, and run what is due."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    jobs.drain()


def test_the_same_news_of_an_offer_twice_and_late_is_one_line() -> None:
    offer = sent(submitter())
    person = reviewer(0)
    event = f"{offer.uuid}:{offer.sent_at.isoformat()}"
    for _ in range(2):
        telling.tell(following.notices.SENT, offer, event=event, actor=offer.person)
    jobs.drain()
    assert Notification.objects.filter(person=person, event=event).count() == 1
    # Told after it was withdrawn: nobody hears of what is the submitter's alone again.
    drafting.withdraw(actor=offer.person, offer=fresh(offer))
    telling.tell(following.notices.SENT, offer, event="laat", actor=offer.person)
    jobs.drain()
    assert not Notification.objects.filter(event="laat").exists()
