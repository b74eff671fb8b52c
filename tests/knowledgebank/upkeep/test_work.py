"""The work on a theme: six lists under a reader's rights, a sheet, and a line a week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knowledgebank.actions import vote_helpful
from knowledgebank.models import HelpfulVote, ReadCount, WorkList
from knowledgebank.upkeep.dates import carry
from knowledgebank.upkeep.notices import WEEK
from knowledgebank.upkeep.weekly import tell_of_work
from knowledgebank.upkeep.work import parts_for
from kpo import jobs
from kpo.audit.models import Entry
from kpo.inbox.mailing import mail_digests
from kpo.inbox.models import Notification
from kpo.people import tokens
from kpo.people.choices import Sector
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from search.models import AskedInMonth
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory
from tests.factories.review import author, reviewer, submitted
from tests.factories.upkeep import ambassador, concern

pytestmark = pytest.mark.django_db
MONDAY = datetime.fromisoformat("2027-03-01T05:10:00+01:00")


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def due(page: Any, on: date | None = None) -> Any:
    carry(page, review_due_on=on or timezone.localdate())
    return page


def titles(person: User, theme: Any) -> dict[str, list[str]]:
    """What stands in each list."""
    parts = parts_for(reader_for(person), theme)
    assert all(part.total == len(part.rows) for part in parts)
    return {part.key: [row.title for row in part.rows] for part in parts if part.rows}


def test_every_list_has_what_belongs_in_it_and_nothing_of_another_theme() -> None:
    theme = theme_page()
    guard = ambassador(theme)
    for themes in ([theme], [theme_page()]):
        submitted(author(), knowledge_document(themes=themes, live=False))
        due(knowledge_document(themes=themes))
        concern(knowledge_document(themes=themes))
        page = knowledge_document(themes=themes)
        vote_helpful(actor=UserFactory(), page=page, is_helpful=False, reason="Te kort.")
        read = knowledge_document(themes=themes)
        ReadCount.objects.create(page=read, day=timezone.localdate(), times=7)
    AskedInMonth.objects.create(
        month=timezone.localdate().replace(day=1), theme=theme.slug, text="kelder",
        times=6, without_result=6, watched=0, without_click=0, useful=0, not_useful=0,
    )  # fmt: skip
    found = titles(guard, theme)
    assert {key: len(rows) for key, rows in found.items()} == dict.fromkeys(
        ("beoordelen", "nakijken", "meldingen", "niet-verder", "gelezen", "gezocht"), 1
    )
    assert found["gezocht"] == ["kelder"]
    shown = text(as_(guard).get(reverse("knowledgebank:theme_work", args=[theme.uuid])))
    assert "7 keer gelezen" in shown
    assert "Te kort." in shown


def test_an_answer_about_a_former_text_counts_no_more() -> None:
    theme, guard = theme_page(), reviewer()
    page = knowledge_document(themes=[theme])
    vote_helpful(actor=UserFactory(), page=page, is_helpful=False)
    assert titles(guard, theme)["niet-verder"] == [page.title]
    page.save_revision().publish()
    page.refresh_from_db()
    assert "niet-verder" not in titles(guard, theme)
    vote_helpful(actor=UserFactory(), page=page, is_helpful=True)
    assert "niet-verder" not in titles(guard, theme)
    assert HelpfulVote.objects.count() == 2


def test_only_what_may_be_read_stands_and_counts_and_other_themes_are_not_there() -> None:
    circle = CircleFactory(parts=[("sector", Sector.RIEC)])
    theme, closed = theme_page(), theme_page(circle.token)
    hidden = due(knowledge_document(circle.token, themes=[theme]))
    concern(hidden, UserFactory(organisation=OrganisationFactory(sector=Sector.RIEC)))
    guard = ambassador(theme)
    client = as_(guard)
    assert titles(guard, theme) == {}
    index = text(client.get(reverse("knowledgebank:theme_list")))
    assert theme.title in index
    assert '<td role="cell" data-l="Na te kijken">0</td>' in index
    for other in (closed, theme_page()):
        address = reverse("knowledgebank:theme_work", args=[other.uuid])
        assert client.get(address).status_code == 404
    assert as_(UserFactory()).get(reverse("knowledgebank:theme_list")).status_code == 404
    insider = reviewer(organisation=OrganisationFactory(sector=Sector.RIEC))
    assert set(titles(insider, theme)) == {"nakijken", "meldingen"}


def test_the_sheet_holds_the_same_starts_no_formula_and_is_logged() -> None:
    theme = theme_page()
    due(knowledge_document(themes=[theme], title="=1+1 korting"))
    answer = as_(ambassador(theme)).get(reverse("knowledgebank:theme_sheet", args=[theme.uuid]))
    assert "attachment" in answer["Content-Disposition"]
    assert "'=1+1 korting" in text(answer)
    assert ";=1+1" not in text(answer)
    assert Entry.objects.filter(action="knowledgebank.export_work").count() == 1


def test_the_index_asks_as_much_for_one_theme_as_for_many(
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    client = as_(reviewer())
    address = reverse("knowledgebank:theme_list")
    for _ in range(4):
        due(theme_page())
    client.get(address)
    with django_assert_max_num_queries(16):
        client.get(address)


def tell_on(moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        tell_of_work.call()
        tell_of_work.call()
        jobs.drain()


def test_a_line_a_week_with_what_that_reader_may_open_and_none_without_work() -> None:
    circle = CircleFactory(parts=[("sector", Sector.RIEC)])
    theme, idle = theme_page(review_due_on=None), theme_page(review_due_on=None)
    due(knowledge_document(themes=[theme]), MONDAY.date())
    due(knowledge_document(circle.token, themes=[theme], title="Geheim stuk"), MONDAY.date())
    guard, other = ambassador(theme), ambassador(idle)
    insider = ambassador(theme, organisation=OrganisationFactory(sector=Sector.RIEC))
    told = Notification.objects.filter(kind=WEEK.name)
    tell_on(MONDAY)
    tell_on(MONDAY + timedelta(days=2))
    assert set(told.values_list("person", flat=True)) == {guard.pk, insider.pk}
    assert told.count() == 2
    with time_machine.travel(MONDAY + timedelta(hours=3), tick=False):
        mail.outbox.clear()
        mail_digests.call()
        jobs.drain()
        sent = {one.to[0]: str(one.body) for one in mail.outbox}
    # A mail names no more than what is open, also to who may read more.
    assert "1 na te kijken." in sent[guard.email]
    assert "1 na te kijken." in sent[insider.email]
    assert "Geheim" not in "".join(sent.values())
    assert other.email not in sent
    tell_on(MONDAY + timedelta(days=7))
    assert told.filter(person=guard).count() == 2
    assert told.filter(person=guard).unread().count() == 1


def test_guards_see_the_line_and_others_do_not() -> None:
    theme = theme_page(tokens.PUBLIC_SECTOR)
    work = WorkList.objects.create(theme=theme)
    guard = ambassador(theme)
    partner = UserFactory(private=True, roles=[Role.AMBASSADOR])
    theme.ambassadors.create(person=partner)
    for person, sees in ((guard, True), (partner, False), (reviewer(), True)):
        assert WorkList.objects.visible_to(reader_for(person)).filter(pk=work.pk).exists() is sees
