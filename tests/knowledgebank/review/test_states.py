"""Whatever is done in whatever order, no text goes live without four eyes across organisations."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.test import TestCase
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, WorkflowState

from knowledgebank.models import Appraisal, KnowledgePage, Release, ReviewItem, Verdict
from knowledgebank.review.actions import rounds
from knowledgebank.review.content import fingerprint, fingerprint_of
from kpo.people.roles import Role
from tests.factories.pages import theme_page
from tests.factories.people import UserFactory
from tests.factories.review import (
    approve,
    author,
    board_task,
    live,
    review_all,
    reviewer,
    send_back,
    submitted,
)

PEOPLE = st.integers(0, 5)
TEXTS = ["Een.", "Twee.", "Drie."]


class Review(RuleBasedStateMachine):
    """Writes, submits, judges, returns, withdraws and tries to publish at random."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        review_all()
        board_task(colleagues_judge=True)
        writer = author()
        colleague = UserFactory(
            roles=[Role.EDITOR, Role.BOARD_MEMBER], organisation=writer.organisation
        )
        another = UserFactory(roles=[Role.BOARD_MEMBER], organisation=writer.organisation)
        self.people = [writer, colleague, another, reviewer(0), reviewer(1), reviewer(2)]
        self.page = submitted(writer, theme_page(live=False, owner=writer)).page.specific
        # By fingerprint: who had written it by the time it was last changed.
        self.writing = {writer.pk}
        self.wrote = {fingerprint(self.latest): set(self.writing)}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def attempt(self, change: Callable[[], Any]) -> None:
        """Do it; a refusal leaves nothing behind."""
        with suppress(ValidationError, PermissionDenied), transaction.atomic():
            change()

    @property
    def latest(self) -> Any:
        return live(self.page).get_latest_revision_as_object()

    @property
    def item(self) -> ReviewItem | None:
        return ReviewItem.objects.filter(page_id=self.page.pk).order_by("-pk").first()

    @rule(who=PEOPLE, text=st.sampled_from(TEXTS), over=st.booleans())
    def write(self, who: int, text: str, over: bool) -> None:
        """A new revision, or the last one written over as autosaving does."""
        page, person = self.latest, self.people[who]
        page.summary = text
        last = page.get_latest_revision() if over else None
        self.attempt(lambda: page.save_revision(user=person, overwrite_revision=last))
        if page.get_latest_revision().user == person:
            self.writing.add(person.pk)
            mark = fingerprint(self.latest)
            # Who types again what was approved before did not write it when it was judged.
            if not Release.objects.filter(fingerprint=mark, way=Release.Way.REVIEW).exists():
                self.wrote[mark] = set(self.writing)

    @rule(who=PEOPLE)
    def submit(self, who: int) -> None:
        self.attempt(lambda: rounds.submit(actor=self.people[who], page=self.latest))

    @rule(who=PEOPLE)
    def approve(self, who: int) -> None:
        item = self.item
        if item is not None:
            self.attempt(lambda: approve(self.people[who], item))
            if live(self.page).live and not live(self.page).has_unpublished_changes:
                self.writing = set()

    @rule(who=PEOPLE)
    def send_back(self, who: int) -> None:
        item = self.item
        if item is not None:
            self.attempt(lambda: send_back(self.people[who], item))

    @rule(who=PEOPLE)
    def withdraw(self, who: int) -> None:
        item = self.item
        if item is not None:
            self.attempt(lambda: rounds.withdraw(actor=self.people[who], item=item))

    @rule(who=PEOPLE)
    def approve_too(self, who: int) -> None:
        """Half of what happens to a text before the board is that somebody approves it."""
        self.approve(who)

    @rule(way=st.sampled_from(["publish", "save", "save_plainly", "finish", "alias", "copy"]))
    def pass_by(self, way: str) -> None:
        """Everything but the verbs of review that makes a page live."""
        page = self.latest
        page.live = True
        revision = page.get_latest_revision()
        plain = Page.objects.get(pk=self.page.pk)
        plain.live = True
        state = WorkflowState.objects.filter(object_id=str(self.page.pk)).last()
        slug = f"{way}-{Page.objects.count()}"
        alias = CreatePageAliasAction(page, update_slug=slug)
        ways: dict[str, Callable[[], Any]] = {
            "publish": revision.publish,
            "save": page.save,
            "save_plainly": plain.save,
            # As a script might, past the buttons.
            "finish": state.finish,
            "alias": lambda: alias.execute(skip_permission_checks=True),
            "copy": lambda: page.copy(keep_live=True, update_attrs={"slug": slug}),
        }
        self.attempt(ways[way])

    @rule()
    def take_down(self) -> None:
        self.attempt(live(self.page).unpublish)

    @invariant()
    def what_is_live_was_approved_by_others(self) -> None:
        for page in KnowledgePage.objects.live().filter(title=self.page.title).specific():
            mark = fingerprint(page)
            assert Release.objects.filter(fingerprint=mark, way=Release.Way.REVIEW).exists()
            self._check_votes(mark)

    def _check_votes(self, mark: str) -> None:
        votes = Appraisal.objects.filter(fingerprint=mark, verdict=Verdict.APPROVE)
        wrote = self.wrote.get(mark, set())
        counted = [vote for vote in votes if vote.reviewer_id not in wrote]
        places = {one.organisation_id for one in self.people if one.pk in wrote}
        assert len({vote.reviewer_id for vote in counted}) >= 2
        assert {vote.organisation_id for vote in counted} - places


Review.TestCase.settings = hypothesis_settings(
    max_examples=int(os.environ.get("KPO_REVIEW_WALKS", "6")),
    stateful_step_count=25,
    deadline=None,
    database=None,
    # Shrinking a walk against a real database takes minutes.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.slow
class TestReview(Review.TestCase, TestCase):
    """Hypothesis drives; Django's TestCase gives the database."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_fifty_votes_at_once_give_one_outcome() -> None:
    review_all()
    item = submitted(author())
    people = [reviewer(number % 4) for number in range(50)]
    seen = fingerprint_of(item.revision)
    start = threading.Barrier(10)
    outcomes: list[str] = []

    def vote(group: list[Any]) -> None:
        start.wait()
        for person in group:
            try:
                approve(person, ReviewItem.objects.get(pk=item.pk), seen=seen)
                outcomes.append("counted")
            except ValidationError as refusal:
                outcomes.append(" ".join(refusal.messages))
        connection.close()

    threads = [threading.Thread(target=vote, args=(people[n::10],)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("counted") == 2
    assert outcomes.count(rounds.NOT_OPEN) == 48
    assert Release.objects.count() == 1
    assert live(item.page.specific).live
