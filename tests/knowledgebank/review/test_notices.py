"""Who hears of a review, and that nobody else does."""

from __future__ import annotations

import pytest
from django.core import mail
from wagtail.models import Comment, CommentReply

from knowledgebank.models import Ambassador
from knowledgebank.review import notices
from knowledgebank.review.actions import reviewers, rounds
from knowledgebank.review.people import readers_of
from kpo import jobs
from kpo.inbox.models import Notification
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.pages import theme_page
from tests.factories.people import CircleFactory, UserFactory
from tests.factories.review import (
    approve,
    author,
    review_all,
    reviewer,
    send_back,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demand_review() -> None:
    review_all()


def told(kind: notices.Kind) -> set[User]:
    jobs.drain()
    return {line.person for line in Notification.objects.filter(kind=kind.name).unread()}


def test_the_board_and_the_ambassador_hear_of_a_submission_and_the_author_does_not() -> None:
    writer, member = author(roles=[Role.EDITOR, Role.BOARD_MEMBER]), reviewer(0)
    page = theme_page(live=False)
    guard = reviewer(1, role=Role.AMBASSADOR)
    Ambassador.objects.create(theme=page, person=guard)
    UserFactory()
    submitted(writer, page)
    assert told(notices.SUBMITTED) == {member, guard}


def test_only_who_may_read_it_hears_of_a_closed_text() -> None:
    circle = CircleFactory()
    writer, inside = author(), reviewer(0)
    reviewer(1)
    for person in (writer, inside):
        circle.grants.create(person=person)
    submitted(writer, theme_page(circle.token, live=False))
    assert told(notices.SUBMITTED) == {inside}


def test_the_author_hears_the_outcome_and_the_boards_task_is_done() -> None:
    writer = author()
    item = submitted(writer)
    first, second = reviewer(0), reviewer(1)
    assert told(notices.SUBMITTED) == {first, second}
    approve(first, item)
    approve(second, item)
    assert told(notices.DECIDED) == {writer}
    assert told(notices.SUBMITTED) == set()
    line = Notification.objects.get(kind=notices.DECIDED.name)
    said = notices.DECIDED.sentences(reader_for(writer), [line])
    assert said[line.pk] == "Je tekst is goedgekeurd en gepubliceerd."


def test_a_return_and_an_edit_are_told_to_whom_they_concern() -> None:
    writer = author()
    item = submitted(writer)
    voter = reviewer(0)
    approve(voter, item)
    page = item.page.specific
    page.summary = "Toch anders."
    page.save_revision(user=writer)
    assert told(notices.RESTARTED) == {voter}
    send_back(reviewer(1), item)
    assert told(notices.DECIDED) == {writer}


def test_who_is_asked_gets_a_mail_that_names_nothing_closed() -> None:
    circle = CircleFactory()
    writer, member, expert = author(), reviewer(0), UserFactory()
    for person in (writer, member, expert):
        circle.grants.create(person=person)
    item = submitted(writer, theme_page(circle.token, live=False, title="Gesloten stuk"))
    mail.outbox.clear()
    reviewers.ask(actor=member, item=item, person=expert)
    assert told(notices.ASKED) == {expert}
    assert [message.to for message in mail.outbox] == [[expert.email]]
    assert "Gesloten stuk" not in str(mail.outbox[0].message())


def test_a_stuck_item_is_told_to_the_chair() -> None:
    chair, writer = reviewer(2, role=Role.BOARD_CHAIR), author()
    item = submitted(writer)
    rounds.escalate(actor=writer, item=item, reason="Niemand heeft tijd.")
    assert told(notices.ESCALATED) == {chair}


def test_the_twins_agree_on_who_may_follow_an_item() -> None:
    circle = CircleFactory()
    writer, inside, outside = author(), reviewer(0), reviewer(1)
    asked, stranger, owner = UserFactory(), UserFactory(), UserFactory()
    for person in (writer, inside, asked, stranger, owner):
        circle.grants.create(person=person)
    page = theme_page(circle.token, live=False, responsible=owner)
    item = submitted(writer, page)
    reviewers.ask(actor=inside, item=item, person=asked)
    people = (writer, inside, outside, asked, stranger, owner)
    seeing = {
        person
        for person in people
        if type(item).objects.visible_to(reader_for(person)).filter(pk=item.pk).exists()
    }
    assert seeing == {writer, inside, asked, owner}
    assert set(readers_of(item).filter(pk__in=[person.pk for person in people])) == seeing


def test_a_comment_in_the_cms_is_told_to_who_work_on_the_text_there() -> None:
    writer, member, partner = author(), reviewer(0), reviewer(1, role=Role.REVIEWER)
    item = submitted(writer)
    for person in (member, partner):
        reviewers.take_up(actor=person, item=item)
    comment = Comment.objects.create(
        page=item.page, user=member, text="Noem de bron.", contentpath="title"
    )
    assert told(notices.COMMENTED) == {writer}
    CommentReply.objects.create(comment=comment, user=writer, text="Gedaan.")
    assert told(notices.COMMENTED) == {writer, member}
