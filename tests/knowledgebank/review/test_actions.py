"""From submission to publication: who may judge, what counts, and what is published."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import Workflow, WorkflowState

from knowledgebank.models import Ambassador, Appraisal, Release, ReviewItem
from knowledgebank.models.review import BOARD_WORKFLOW
from knowledgebank.review import people
from knowledgebank.review.actions import appraisals, releases, reviewers, rounds
from knowledgebank.review.content import fingerprint_of
from kpo.audit.models import Entry
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.pages import home_page, plain_page, theme_page
from tests.factories.people import CircleFactory, UserFactory
from tests.factories.review import (
    approve,
    author,
    board_task,
    is_published,
    live,
    review_all,
    reviewer,
    send_back,
    submitted,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demand_review() -> None:
    review_all()


def test_two_others_approve_and_the_text_is_published_with_its_badge() -> None:
    item = submitted(author())
    approve(reviewer(0), item, value=5)
    assert not is_published(item.page)
    approve(reviewer(1), item, value=4)
    page = live(item.page.specific)
    assert page.live
    assert page.trust.reviewed_by == "2 mensen van 2 organisaties"
    assert (page.trust.relevance, page.trust.reliability) == (4, 4)
    assert page.review_state == "reviewed"
    item.refresh_from_db()
    assert item.status == ReviewItem.STATUS_APPROVED
    assert item.workflow_state.status == WorkflowState.STATUS_APPROVED


def test_a_text_that_readers_have_already_gets_its_badge() -> None:
    page = theme_page(live=False)
    page.save_revision()
    releases.let_in(actor=None, page=page, source="import")
    page.get_latest_revision().publish()
    item = rounds.submit(actor=author(), page=live(page))
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    assert live(page).trust.reviewed_by == "2 mensen van 2 organisaties"


def test_who_wrote_the_text_may_not_judge_it() -> None:
    writer = author()
    colleague = reviewer(0)
    page = text_of(writer)
    page.summary = "Een collega schreef mee."
    page.save_revision(user=colleague)
    item = rounds.submit(actor=writer, page=page)
    with pytest.raises(ValidationError, match="zelf aan deze tekst geschreven"):
        approve(colleague, item)


def test_who_wrote_before_the_last_approval_may_judge_what_came_after() -> None:
    first, second = author(), reviewer(0, role=Role.BOARD_MEMBER)
    item = submitted(first)
    approve(second, item)
    approve(reviewer(1), item)
    again = submitted(UserFactory(roles=[Role.EDITOR]), live(item.page.specific), title="Nieuwer")
    names = people.authors_of(again)
    assert first not in names
    assert people.refusal(reader_for(second), again) == ""


def test_a_colleague_of_the_author_is_refused_with_the_reason() -> None:
    writer = author()
    item = submitted(writer)
    colleague = UserFactory(roles=[Role.BOARD_MEMBER], organisation=writer.organisation)
    with pytest.raises(ValidationError, match="dezelfde organisatie als wie dit schreef"):
        approve(colleague, item)


def test_where_colleagues_may_judge_two_of_them_are_not_enough() -> None:
    board_task(colleagues_judge=True)
    writer = author()
    item = submitted(writer)
    for _ in range(2):
        approve(UserFactory(roles=[Role.BOARD_MEMBER], organisation=writer.organisation), item)
    assert not is_published(item.page)
    approve(reviewer(0), item)
    assert is_published(item.page)


def test_a_task_may_ask_for_sectors_and_an_ambassador() -> None:
    board_task(quorum=1, sectors=2, needs_ambassador=True)
    item = submitted(author())
    approve(reviewer(0), item)
    assert not is_published(item.page)
    guard = reviewer(1, role=Role.AMBASSADOR)
    Ambassador.objects.create(theme=item.page.specific, person=guard)
    approve(guard, item)
    assert is_published(item.page)


def test_an_edit_during_review_starts_the_votes_again() -> None:
    writer = author()
    item = submitted(writer)
    first, second = reviewer(0), reviewer(1)
    approve(first, item)
    page = item.page.specific
    page.summary = "Toch anders."
    page.save_revision(user=writer)
    approve(second, item)
    assert not is_published(page)
    approve(first, item)
    assert live(page).summary == "Toch anders."
    assert Entry.objects.filter(action="knowledgebank.restart_review").exists()


def test_a_revision_that_is_written_over_starts_the_votes_again() -> None:
    writer = author()
    item = submitted(writer)
    approve(reviewer(0), item)
    page = item.page.specific.get_latest_revision_as_object()
    page.summary = "Zelfde nummer, andere tekst."
    page.save_revision(user=writer, overwrite_revision=page.get_latest_revision())
    approve(reviewer(1), item)
    assert not is_published(page)


def test_who_read_an_older_text_is_asked_to_look_again() -> None:
    writer = author()
    item = submitted(writer)
    seen = fingerprint_of(item.revision)
    page = item.page.specific
    page.summary = "Toch anders."
    page.save_revision(user=writer)
    with pytest.raises(ValidationError, match="veranderd terwijl je las"):
        approve(reviewer(0), item, seen=seen)


def test_what_is_published_is_what_was_judged_and_not_what_came_after() -> None:
    item = submitted(author())
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    page = live(item.page.specific)
    page.summary = "Later, en door niemand beoordeeld."
    page.save_revision()
    assert live(page).summary == "Wat er nieuw is."
    with pytest.raises(ValidationError):
        page.get_latest_revision().publish()
    assert live(page).review_state == "reviewed"


def test_a_vote_of_who_lost_the_role_counts_no_longer() -> None:
    item = submitted(author())
    first = reviewer(0)
    approve(first, item)
    first.groups.clear()
    approve(reviewer(1), item)
    assert not is_published(item.page)


def test_a_closed_text_is_judged_by_who_may_read_it() -> None:
    circle = CircleFactory()
    writer, inside, outside = author(), reviewer(0), reviewer(1)
    for person in (writer, inside):
        circle.grants.create(person=person)
    page = theme_page(circle.token, live=False)
    item = submitted(writer, page)
    approve(inside, item)
    with pytest.raises(PermissionDenied):
        approve(outside, item)


def test_an_approval_needs_every_score_with_its_reason() -> None:
    item = submitted(author())
    with pytest.raises(ValidationError, match="bij elk criterium"):
        appraisals.appraise(
            actor=reviewer(0),
            item=item,
            seen=fingerprint_of(item.revision),
            verdict="approve",
            scores={},
        )
    assert not Appraisal.objects.exists()


def test_a_return_says_what_must_change_and_a_new_round_starts_from_nothing() -> None:
    writer = author()
    item = submitted(writer)
    approve(reviewer(0), item)
    send_back(reviewer(1), item)
    item.refresh_from_db()
    assert item.status == ReviewItem.STATUS_REJECTED
    page = item.page.specific
    page.summary = "Met bron."
    page.save_revision(user=writer)
    again = rounds.submit(actor=writer, page=page)
    assert again.pk != item.pk
    approve(reviewer(1), again)
    assert not is_published(page)


def test_a_partner_without_the_cms_judges_along() -> None:
    item = submitted(author())
    partner = reviewer(0, role=Role.REVIEWER)
    assert not partner.has_perm("wagtailadmin.access_admin")
    approve(partner, item)
    approve(reviewer(1), item)
    assert is_published(item.page)


def test_a_stranger_to_the_board_does_not_judge() -> None:
    item = submitted(author())
    with pytest.raises(PermissionDenied):
        approve(UserFactory(), item)


def test_who_is_asked_judges_but_does_not_count_for_the_board() -> None:
    item = submitted(author())
    expert = UserFactory()
    reviewers.ask(actor=reviewer(0), item=item, person=expert)
    approve(expert, item)
    approve(reviewer(1), item)
    assert not is_published(item.page)
    approve(reviewer(2), item)
    assert is_published(item.page)


def test_an_item_is_taken_up_and_passed_on() -> None:
    item = submitted(author())
    first, second = reviewer(0), reviewer(1)
    reviewers.take_up(actor=first, item=item)
    reviewers.pass_on(actor=first, item=item, person=second)
    assert [one.person for one in item.assignments.all()] == [second]
    with pytest.raises(PermissionDenied):
        reviewers.pass_on(actor=first, item=item, person=second)


def test_who_lost_the_text_passes_it_on_no_more_nor_takes_it_back() -> None:
    circle = CircleFactory()
    writer, asked = author(), UserFactory()
    for one in (writer, asked, heir := reviewer(0)):
        circle.grants.create(person=one)
    item = submitted(writer, theme_page(circle.token, live=False, owner=writer))
    reviewers.ask(actor=heir, item=item, person=asked)
    circle.grants.filter(person__in=(writer, asked)).delete()
    with pytest.raises(PermissionDenied):
        reviewers.pass_on(actor=asked, item=item, person=heir)
    with pytest.raises(PermissionDenied):
        rounds.withdraw(actor=writer, item=item)
    item.refresh_from_db()
    assert item.is_open


def test_an_author_is_not_asked_to_judge() -> None:
    writer = author()
    item = submitted(writer)
    with pytest.raises(ValidationError):
        reviewers.ask(actor=reviewer(0), item=item, person=writer)


def test_only_the_author_takes_a_text_back() -> None:
    writer = author()
    item = submitted(writer)
    with pytest.raises(PermissionDenied):
        rounds.withdraw(actor=reviewer(0), item=item)
    rounds.withdraw(actor=writer, item=item)
    item.refresh_from_db()
    assert item.status == ReviewItem.STATUS_CANCELLED
    with pytest.raises(ValidationError, match="al afgesloten"):
        approve(reviewer(0), item)


def test_a_stuck_item_goes_to_the_chair_with_a_reason() -> None:
    writer = author()
    item = submitted(writer)
    with pytest.raises(ValidationError):
        rounds.escalate(actor=writer, item=item, reason=" ")
    rounds.escalate(actor=writer, item=item, reason="Er is al een maand niemand.")
    item.refresh_from_db()
    assert item.escalation_reason == "Er is al een maand niemand."


def test_wagtails_own_buttons_decide_nothing() -> None:
    item = submitted(author())
    task = item.task.specific
    assert task.get_actions(item.page, reviewer(0)) == []
    with pytest.raises(PermissionDenied):
        task.on_action(item, reviewer(0), "approve")
    assert not is_published(item.page)


def test_a_page_that_cannot_be_judged_passes_the_boards_step_by() -> None:
    page = plain_page(home_page(), live=False)
    page.save_revision()
    Workflow.objects.get(name=BOARD_WORKFLOW).start(page, author())
    assert live(page).live
    assert not ReviewItem.objects.exists()


def test_every_vote_is_in_the_log_without_what_was_said() -> None:
    item = submitted(author())
    person = reviewer(0)
    approve(person, item)
    entry = Entry.objects.get(action="knowledgebank.appraise")
    assert entry.actor_id == person.uuid
    assert "Omdat het zo is" not in str(entry.details)


def test_the_scores_of_others_are_seen_after_giving_ones_own() -> None:
    item = submitted(author())
    first, second = reviewer(0), reviewer(1)
    approve(first, item)
    assert not Appraisal.objects.visible_to(reader_for(second)).exists()
    reviewers.take_up(actor=second, item=item)
    assert not Appraisal.objects.visible_to(reader_for(second)).exists()
    send_back(second, item)
    assert Appraisal.objects.visible_to(reader_for(second)).count() == 2


def test_a_release_remembers_which_text_it_was() -> None:
    item = submitted(author())
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    release = Release.objects.get()
    assert release.fingerprint == fingerprint_of(item.revision)
    assert (release.reviewers, release.organisations) == (2, 2)
