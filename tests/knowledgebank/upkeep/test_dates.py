"""Pages are looked at again: the date, the reminders, and who may say that they still hold."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledgebank.models import Confirmation, KnowledgePage, Reminder, ReviewRule
from knowledgebank.review.content import fingerprint
from knowledgebank.upkeep.actions.dates import confirm
from knowledgebank.upkeep.dates import months_after
from knowledgebank.upkeep.notices import DUE
from knowledgebank.upkeep.people import can_confirm
from knowledgebank.upkeep.reminding import remind
from kpo import jobs
from kpo.audit.models import Entry
from kpo.inbox.models import Notification
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import UserFactory
from tests.factories.review import approve, author, live, review_all, reviewer, submitted
from tests.factories.upkeep import ambassador

pytestmark = pytest.mark.django_db
DUE_ON = date(2027, 3, 1)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def told(person: User) -> list[str]:
    """The steps of which this person was ever reminded, in order."""
    rows = Notification.objects.filter(person=person, kind=DUE.name).order_by("pk")
    return [row.facts["outcome"] for row in rows]


def remind_on(day: date) -> None:
    at = datetime(day.year, day.month, day.day, 4, 40, tzinfo=ZoneInfo("Europe/Amsterdam"))
    with time_machine.travel(at, tick=False):
        remind.call()
        remind.call()
        jobs.drain()


def test_a_document_walks_through_its_cycle_and_every_reminder_goes_out_once() -> None:
    theme = theme_page(review_due_on=None)
    owner, guard, member = UserFactory(), ambassador(theme), reviewer()
    page = knowledge_document(themes=[theme], responsible=owner, review_due_on=DUE_ON)
    heard = {}
    for days in (-32, -31, -30, -29, -1, 0, 1, 29, 30, 31, 39):
        remind_on(DUE_ON + timedelta(days))
        heard[days] = [len(told(person)) for person in (owner, guard, member)]
    assert heard[-32] == heard[-31] == [0, 0, 0]
    assert heard[-30] == heard[-1] == [1, 0, 0]
    assert heard[0] == heard[29] == [2, 1, 0]
    assert heard[30] == heard[39] == [3, 2, 1]
    assert told(owner) == ["before", "on-the-day", "after"]
    assert set(Reminder.objects.values_list("page", flat=True)) == {page.pk}
    reader = as_(UserFactory())
    with time_machine.travel(DUE_ON + timedelta(days=1), tick=False):
        assert "1 maart 2027" in text(reader.get(page.url))

    with time_machine.travel(DUE_ON + timedelta(days=40), tick=False):
        confirm(actor=guard, pages=[page], reason="De wet is niet veranderd.")
    page = live(page)
    assert page.review_due_on == date(2028, 4, 10)
    assert not Notification.objects.filter(kind=DUE.name).unread().exists()
    remind_on(date(2028, 3, 20))
    assert told(owner) == ["before", "on-the-day", "after", "before"]


def test_a_worker_that_was_away_tells_the_latest_only_and_a_clock_set_back_nothing() -> None:
    owner = UserFactory()
    theme_page(responsible=owner, review_due_on=DUE_ON)
    remind_on(DUE_ON + timedelta(days=45))
    remind_on(DUE_ON)
    remind_on(DUE_ON - timedelta(days=29))
    assert told(owner) == ["after"]


def test_drafts_and_what_is_obsolete_remind_nobody() -> None:
    member = reviewer()
    theme_page(live=False, review_due_on=DUE_ON)
    theme_page(review_due_on=DUE_ON, obsolete_since=DUE_ON)
    remind_on(DUE_ON)
    assert told(member) == []
    theme_page(review_due_on=DUE_ON)
    remind_on(DUE_ON)
    assert told(member) == ["on-the-day"]


def test_an_approval_gives_the_date_of_its_kind_or_keeps_one_of_its_own() -> None:
    review_all()
    ReviewRule.objects.create(page_type="themepage", interval_months=6)
    item = submitted(author())
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    page = live(item.page.specific)
    today = timezone.localdate()
    assert page.live
    assert (page.reviewed_on, page.review_due_on) == (today, months_after(today, 6))

    own = today + timedelta(days=50)
    item = submitted(author(), page, summary="Opnieuw.", review_due_on=own)
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    assert live(page).review_due_on == own


def test_a_confirmation_shows_in_the_history_and_changes_neither_text_nor_badge() -> None:
    review_all()
    item = submitted(author())
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    page = live(item.page.specific)
    before = (fingerprint(page), page.release_id)
    draft = page.save_revision(user=author())
    member = reviewer(2)
    made = confirm(actor=member, pages=[page], reason="Nagelezen met de handhavers.")
    assert (fingerprint(live(page)), live(page).release_id) == before
    assert "Nagelezen met de handhavers." in text(as_(UserFactory()).get(page.url))
    assert Entry.objects.filter(action="knowledgebank.confirm").count() == len(made) == 1
    # A draft of before does not bring the old date back.
    draft.refresh_from_db()
    assert draft.as_object().review_due_on == live(page).review_due_on == made[0].due_on


def test_a_date_that_an_editor_chose_in_a_draft_stays_there() -> None:
    page = theme_page()
    own = timezone.localdate() + timedelta(days=20)
    page.review_due_on = own
    draft = page.save_revision(user=author())
    confirm(actor=reviewer(), pages=[page], reason="Klopt.")
    draft.refresh_from_db()
    assert draft.as_object().review_due_on == own
    assert draft.as_object().reviewed_on == timezone.localdate()


def test_in_bulk_it_is_all_or_nothing_with_a_reason() -> None:
    guard = UserFactory(roles=[Role.AMBASSADOR])
    mine, other = theme_page(), theme_page()
    mine.ambassadors.create(person=guard)
    with pytest.raises(PermissionDenied):
        confirm(actor=guard, pages=[mine, other], reason="Klopt.")
    assert not Confirmation.objects.exists()
    with pytest.raises(ValidationError, match="waaruit blijkt"):
        confirm(actor=guard, pages=[mine], reason="  ")
    with pytest.raises(ValidationError, match="ten minste"):
        confirm(actor=guard, pages=[], reason="Klopt.")


def test_who_wrote_it_alone_may_not_and_the_list_equals_the_rule() -> None:
    theme = theme_page()
    guard, member = ambassador(theme), reviewer()
    alone, together = knowledge_document(themes=[theme]), knowledge_document(themes=[theme])
    for page in (alone, together):
        page.save_revision(user=guard).publish()
    together.save_revision(user=author()).publish()
    closed = knowledge_document(tokens.NOBODY, themes=[theme], live=False)
    pages = [theme, live(alone), live(together), closed, knowledge_document(), theme_page()]
    answers = {}
    for person in (guard, member, UserFactory(), UserFactory(roles=[Role.EDITOR])):
        reader = reader_for(person)
        of_list = set(KnowledgePage.objects.confirmable_by(reader).values_list("pk", flat=True))
        for page in pages:
            answers[person.pk, page.pk] = can_confirm(reader, page)
            assert (page.pk in of_list) == can_confirm(reader, page), (person, page)
    assert not answers[guard.pk, alone.pk]
    assert answers[guard.pk, together.pk]
    assert answers[member.pk, alone.pk]
    assert set(answers.values()) == {True, False}


def test_the_list_confirms_what_was_ticked_and_keeps_what_was_typed() -> None:
    page, later = theme_page(review_due_on=DUE_ON), theme_page()
    address = reverse("knowledgebank:due")
    assert as_(UserFactory()).get(address).status_code == 404
    with time_machine.travel(DUE_ON, tick=False):
        client = as_(reviewer())
        shown = text(client.get(address))
        assert page.title in shown
        assert later.title not in shown
        refused = client.post(address, {"pages": [str(page.uuid)], "reason": ""})
        assert refused.status_code == 422
        assert f'value="{page.uuid}" checked' in text(refused)
        refused = client.post(address, {"reason": "Met zorg getypt."})
        assert "Met zorg getypt." in text(refused)
        assert "ten minste één" in text(refused)
        done = client.post(address, {"pages": [str(page.uuid)], "reason": "Klopt."}, follow=True)
        assert "een nieuwe datum" in text(done)
        assert page.title not in text(done)


def test_months_end_where_the_month_ends() -> None:
    assert months_after(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert months_after(date(2026, 12, 15), 12) == date(2027, 12, 15)
