"""Whatever is done in whatever order, nothing of an offer goes live without its maker's consent."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import TestCase
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page

from knowledgebank.models import Offer, Practice, ReviewItem
from knowledgebank.offering.actions import consenting, drafting, handling
from knowledgebank.offering.stages import progress_of, timeline
from knowledgebank.review.actions.releases import let_in
from knowledgebank.review.actions.rounds import submit
from knowledgebank.review.content import fingerprint
from kpo.people import tokens
from kpo.people.roles import Role
from tests.factories.offers import draft, fresh, submitter
from tests.factories.people import UserFactory
from tests.factories.review import approve, live, review_all, reviewer

TEXTS = ["Een.", "Twee.", "Drie."]


class Offering(RuleBasedStateMachine):
    """Sends, takes in, edits, agrees, judges, withdraws and tries to publish at random."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.person, self.handler = submitter(), reviewer(0)
        self.voters = [reviewer(1), reviewer(2), reviewer(3)]
        self.editor = UserFactory(roles=[Role.EDITOR])
        self.offer = draft(self.person)
        # What the submitter last said of each text, by fingerprint.
        self.said: dict[str, bool] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def attempt(self, change: Callable[[], Any]) -> bool:
        """Do it; a refusal leaves nothing behind. Whether it was done."""
        with suppress(ValidationError, PermissionDenied), transaction.atomic():
            change()
            return True
        return False

    @property
    def now(self) -> Offer:
        return fresh(self.offer)

    @property
    def page(self) -> Any:
        return self.now.page

    @rule()
    def demand_review(self) -> None:
        review_all()

    @rule()
    def send(self) -> None:
        self.attempt(lambda: drafting.send(actor=self.person, offer=self.now))

    @rule()
    def take_in(self) -> None:
        self.send()
        audience = tokens.ACCOUNTS
        self.attempt(
            lambda: handling.take_in(actor=self.handler, offer=self.now, audience=audience)
        )
        self.attempt(lambda: handling.ask_consent(actor=self.handler, offer=self.now))

    @rule()
    def decline(self) -> None:
        self.attempt(lambda: handling.decline(actor=self.handler, offer=self.now, reason="Nee."))

    @rule(text=st.sampled_from(TEXTS), over=st.booleans())
    def edit(self, text: str, over: bool) -> None:
        if self.page is not None:
            page = self.page.get_latest_revision_as_object()
            page.summary = text
            last = page.get_latest_revision() if over else None
            # Wagtail lets nobody write over the text of another.
            last = last if last is not None and last.user_id == self.editor.pk else None
            page.save_revision(user=self.editor, overwrite_revision=last)

    @rule(is_given=st.booleans())
    def answer(self, is_given: bool) -> None:
        seen = progress_of(self.now).mark
        told = {"actor": self.person, "offer": self.now, "seen": seen}
        # Written down first: a yes may publish.
        before, self.said[seen] = dict(self.said), is_given
        done = self.attempt(
            lambda: (
                consenting.agree(**told) if is_given else consenting.not_yet(**told, remark="Nee.")
            )
        )
        if not done:
            self.said = before

    @rule()
    def agree(self) -> None:
        self.answer(is_given=True)

    @rule()
    def vote(self) -> None:
        item = ReviewItem.objects.open().filter(page=self.page).first() if self.page else None
        for voter in self.voters if item is not None else ():
            self.attempt(lambda voter=voter: approve(voter, item))

    @rule()
    def withdraw(self) -> None:
        if self.attempt(lambda: drafting.withdraw(actor=self.person, offer=self.now)):
            self.attempt(lambda: drafting.reopen(actor=self.person, offer=self.now))

    @rule(way=st.sampled_from(["submit", "publish", "save", "plainly", "alias", "copy", "let_in"]))
    def pass_by(self, way: str) -> None:
        """Everything but the verbs of offers that brings a page on its way."""
        if self.page is None:
            return
        page = self.page.get_latest_revision_as_object()
        revision, plain = page.get_latest_revision(), Page.objects.get(pk=page.pk)
        page.live = plain.live = True
        slug = f"{way}-{Page.objects.count()}"
        alias = CreatePageAliasAction(page, update_slug=slug)
        ways: dict[str, Callable[[], Any]] = {
            "submit": lambda: submit(actor=self.editor, page=live(page)),
            "publish": revision.publish,
            "save": page.save,
            "plainly": plain.save,
            "alias": lambda: alias.execute(skip_permission_checks=True),
            "copy": lambda: page.copy(keep_live=True, update_attrs={"slug": slug}),
            "let_in": lambda: (let_in(actor=None, page=page, source="import"), revision.publish()),
        }
        self.attempt(ways[way])

    @rule()
    def take_down(self) -> None:
        if self.page is not None:
            self.attempt(live(self.page).unpublish)

    @invariant()
    def what_is_live_was_agreed_to(self) -> None:
        for page in Practice.objects.live():
            assert fingerprint(page) in self.said

    @invariant()
    def what_was_refused_does_not_come_back(self) -> None:
        page = self.page
        if page is not None and not page.live:
            text = page.get_latest_revision_as_object()
            if not self.said.get(fingerprint(text)):
                assert not self.attempt(text.get_latest_revision().publish)

    @invariant()
    def its_maker_can_read_how_far_it_is(self) -> None:
        steps = timeline(self.now, progress_of(self.now).stage)
        assert [step.state for step in steps].count("now") == 1


Offering.TestCase.settings = hypothesis_settings(
    max_examples=int(os.environ.get("KPO_OFFER_WALKS", "4")),
    stateful_step_count=20,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.slow
class TestOffering(Offering.TestCase, TestCase):
    """Hypothesis drives; Django's TestCase gives the database."""
