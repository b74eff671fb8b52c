"""An open item is about the latest text of its page, however saving and handing in cross."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Revision, Workflow, WorkflowTask

from knowledgebank.models import Appraisal, ReviewItem
from knowledgebank.models.review import BOARD_WORKFLOW
from knowledgebank.review import notices
from knowledgebank.review.actions import rounds
from kpo import jobs
from kpo.audit.models import Entry
from kpo.inbox.models import Notification
from kpo.people.reader import reader_for
from tests.factories.review import (
    approve,
    author,
    is_published,
    live,
    review_all,
    reviewer,
    submitted,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demand_review() -> None:
    review_all()


def crossed(summary: str = "") -> tuple[ReviewItem, Any]:
    """An autosave makes its revision, the text is handed in, and then the autosave ends.

    Wagtail's editor saves by itself, and pressing the button does not wait for it.
    """
    writer = author()
    page = text_of(writer)
    autosaved = page.save_revision(user=writer)
    if summary:
        Revision.objects.filter(pk=autosaved.pk).update(
            content=autosaved.content | {"summary": summary}
        )
    page.save_revision(user=writer)
    item = rounds.submit(actor=writer, page=live(page))
    page = live(page)
    page.latest_revision_id = autosaved.pk
    page.save(update_fields=["latest_revision"])
    item.refresh_from_db()
    return item, autosaved


def save_again(item: ReviewItem, writer: Any) -> None:
    """The same text in a revision of its own."""
    item.page.specific.get_latest_revision_as_object().save_revision(user=writer)


def test_a_text_that_was_saved_while_it_was_handed_in_is_published() -> None:
    item, autosaved = crossed()
    assert item.revision_id == autosaved.pk
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    assert is_published(item.page)
    assert not ReviewItem.objects.open().exists()
    assert live(item.page.specific).live_revision_id == autosaved.pk


def test_what_is_judged_is_what_the_page_calls_its_latest_text() -> None:
    item, _ = crossed(summary="Zo staat het er nu.")
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    assert live(item.page.specific).summary == "Zo staat het er nu."


def test_the_same_text_in_another_revision_keeps_its_votes() -> None:
    writer = author()
    item = submitted(writer)
    approve(reviewer(0), item)
    save_again(item, writer)
    item.refresh_from_db()
    assert item.revision == item.page.specific.get_latest_revision()
    approve(reviewer(1), item)
    assert is_published(item.page)


def test_nothing_is_called_published_that_wagtail_begins_again() -> None:
    writer = author()
    item = submitted(writer)
    approve(reviewer(0), item)
    voted_on = item.revision_id
    save_again(item, writer)
    # As if the item had not followed: another way to lose a text than the one that is known.
    ReviewItem.objects.filter(pk=item.pk).update(revision=voted_on)
    with pytest.raises(ValidationError, match="veranderd terwijl je las"):
        approve(reviewer(1), ReviewItem.objects.get(pk=item.pk))
    assert not is_published(item.page)
    assert Appraisal.objects.count() == 1


def test_a_crossed_text_leaves_the_page_without_a_draft() -> None:
    item, _ = crossed()
    approve(reviewer(0), item)
    approve(reviewer(1), item)
    assert not live(item.page.specific).has_unpublished_changes


def test_a_planned_text_is_not_called_published() -> None:
    writer = author()
    moment = timezone.now() + timedelta(days=7)
    item = submitted(writer, go_live_at=moment)
    approve(reviewer(0), item)
    member = reviewer(1)
    approve(member, item)
    item = ReviewItem.objects.get(pk=item.pk)
    assert item.is_planned
    jobs.drain()
    line = Notification.objects.get(kind=notices.DECIDED.name, person=writer)
    assert (
        "het moment dat je koos" in notices.DECIDED.sentences(reader_for(writer), [line])[line.pk]
    )
    client = Client()
    client.force_login(member)
    answer = client.get(reverse("knowledgebank:review_item", args=[item.uuid]))
    assert "Lezers krijgen hem op het gekozen moment." in answer.content.decode()


def test_review_is_the_only_step_of_its_workflow() -> None:
    workflow = Workflow.objects.get(name=BOARD_WORKFLOW)
    workflow.workflow_tasks.update(sort_order=1)
    task = GroupApprovalTask.objects.create(name="Eindredactie")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=9)
    with pytest.raises(ValidationError, match="enige stap"):
        submitted(author())
    assert not ReviewItem.objects.exists()


def test_every_lapse_is_told_once_however_often_the_editor_saves() -> None:
    writer, first, second = author(), reviewer(0), reviewer(1)
    item = submitted(writer)
    approve(first, item)
    for text in ("Eerst zo.", "Toen zo.", "Nu zo."):
        overwrite(item, writer, text)
    approve(second, item)
    overwrite(item, writer, "Weer anders.")
    jobs.drain()
    told = Notification.objects.filter(kind=notices.RESTARTED.name)
    assert {(one.person, one.event) for one in told.filter(person=second)} != set()
    assert told.filter(person=first).values("event").distinct().count() == 2
    assert Entry.objects.filter(action="knowledgebank.restart_review").count() == 2


def overwrite(item: ReviewItem, writer: Any, text: str) -> None:
    """As the editor saves by itself: into the revision that it made before."""
    item.refresh_from_db()
    page = item.revision.as_object()
    page.summary = text
    page.save_revision(user=writer, overwrite_revision=item.revision)


# --- At once, with transactions of their own ----------------------------------------------------
def at_once(*verbs: Callable[[], Any]) -> list[Exception]:
    """What went wrong when these were done by as many people at the same moment."""
    start, wrong = threading.Barrier(len(verbs)), []

    def do(verb: Callable[[], Any]) -> None:
        start.wait()
        try:
            verb()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_saving_and_handing_in_at_once_leave_an_item_on_the_latest_text() -> None:
    writer = author()
    for number in range(4):
        page = text_of(writer)
        saved, handed_in = live(page), live(page)
        saved.summary = f"Bij {number} veranderd."
        wrong = at_once(
            lambda saved=saved: saved.save_revision(user=writer),
            lambda page=handed_in: rounds.submit(actor=writer, page=page),
        )
        assert not wrong
        item = ReviewItem.objects.get(page_id=page.pk)
        assert item.revision_id == live(page).latest_revision_id


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
@pytest.mark.parametrize("is_overwritten", [False, True])
def test_the_last_vote_and_a_save_do_not_wait_for_each_other_for_ever(
    is_overwritten: bool,
) -> None:
    writer, first, last = author(), reviewer(0), reviewer(1)
    for number in range(4):
        item = submitted(writer)
        approve(first, item)
        draft = live(item.page.specific).get_latest_revision_as_object()
        draft.summary = f"Bij {number} veranderd."
        over = Revision.objects.get(pk=item.revision_id) if is_overwritten else None
        wrong = at_once(
            lambda draft=draft, over=over: draft.save_revision(
                user=writer, overwrite_revision=over
            ),
            lambda item=item: approve(last, ReviewItem.objects.get(pk=item.pk)),
        )
        # Whoever came second: the vote is refused, or the change is a draft after what was judged.
        assert all(isinstance(error, ValidationError) for error in wrong)
        item = ReviewItem.objects.get(pk=item.pk)
        assert item.is_open == bool(wrong)
