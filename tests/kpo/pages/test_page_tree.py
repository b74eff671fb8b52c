"""Nothing that happens to the page tree leaves a page wider than the page above it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import TestCase
from django.utils import timezone
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page

from kpo.pages import actions
from kpo.pages.jobs import publish_scheduled
from kpo.pages.models import ReadablePage
from kpo.people import tokens
from kpo.people.roles import Role
from tests.factories.pages import home_page, plain_page
from tests.factories.people import CircleFactory, UserFactory

FIXED = [tokens.PUBLIC, tokens.ACCOUNTS, tokens.PUBLIC_SECTOR, tokens.NOBODY]


def pairs() -> list[tuple[ReadablePage, ReadablePage]]:
    """Every readable page with the readable page above it."""
    pages = {page.path: page for page in ReadablePage.objects.all()}
    return [
        (page, pages[path[: -Page.steplen]])
        for path, page in pages.items()
        if path[: -Page.steplen] in pages
    ]


class PageTree(RuleBasedStateMachine):
    """Creates, moves, copies, aliases, reverts, schedules, publishes and narrows at random."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        circle = CircleFactory()
        self.editor = UserFactory(roles=[Role.EDITOR, Role.ADMINISTRATOR])
        circle.grants.create(person=self.editor)
        self.tokens = [*FIXED, tokens.circle_token(circle.uuid)]
        self.home = home_page()
        self.refusals: list[str] = []
        self.pages = [plain_page(self.home)]
        # What a page's audience was set to on purpose; only the verb may change it.
        self.chosen: dict[int, str] = {self.pages[0].pk: tokens.PUBLIC}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def pick(self, number: int) -> ReadablePage:
        page = self.pages[number % len(self.pages)]
        return ReadablePage.objects.get(pk=page.pk).specific

    def attempt(self, change: Any) -> Any:
        """Do it; a refusal must come as a sentence and leave nothing behind."""
        try:
            with transaction.atomic():
                return change()
        except ValidationError as refusal:
            self.refusals.append(" ".join(refusal.messages).strip())
            return None

    def added(self, page: Page | None) -> None:
        if page is not None:
            specific = ReadablePage.objects.get(pk=page.pk)
            self.pages.append(specific)
            self.chosen[specific.pk] = specific.audience

    @rule(number=st.integers(0, 99), token=st.integers(0, 4), live=st.booleans())
    def create(self, number: int, token: int, live: bool) -> None:
        parent, audience = self.pick(number), self.tokens[token]
        self.added(self.attempt(lambda: plain_page(parent, audience, live=live)))

    @rule(number=st.integers(0, 99), onto=st.integers(0, 99))
    def move(self, number: int, onto: int) -> None:
        page, parent = self.pick(number), self.pick(onto)
        if not (parent.is_descendant_of(page) or parent.pk == page.pk):
            self.attempt(lambda: page.move(parent, pos="last-child"))

    @rule(
        number=st.integers(0, 99),
        onto=st.integers(0, 99),
        recursive=st.booleans(),
        live=st.booleans(),
    )
    def copy(self, number: int, onto: int, recursive: bool, live: bool) -> None:
        page, parent = self.pick(number), self.pick(onto)
        if parent.is_descendant_of(page) or parent.pk == page.pk or len(self.pages) > 30:
            return
        slug = f"kopie-{len(self.pages)}"
        attributes = {"slug": slug, "title": slug}
        copied = self.attempt(
            lambda: page.copy(
                to=parent, recursive=recursive, keep_live=live, update_attrs=attributes
            )
        )
        self.added(copied)

    @rule(number=st.integers(0, 99), onto=st.integers(0, 99))
    def alias(self, number: int, onto: int) -> None:
        page, parent = self.pick(number), self.pick(onto)
        slug = f"alias-{len(self.pages)}"
        make = CreatePageAliasAction(page, parent=parent, update_slug=slug)
        self.added(self.attempt(lambda: make.execute(skip_permission_checks=True)))

    @rule(number=st.integers(0, 99))
    def publish(self, number: int) -> None:
        page = self.pick(number)
        if page.alias_of_id is None:
            self.attempt(lambda: page.save_revision().publish())

    @rule(number=st.integers(0, 99))
    def revert(self, number: int) -> None:
        """Publish the oldest revision again, whatever the page's audience was then."""
        page = self.pick(number)
        oldest = page.revisions.order_by("created_at").first()
        if oldest is not None:
            self.attempt(lambda: page.save_revision(previous_revision=oldest).publish())
            self.attempt(oldest.publish)

    @rule(number=st.integers(0, 99))
    def schedule(self, number: int) -> None:
        page = self.pick(number)
        if page.alias_of_id is not None:
            return
        page.go_live_at = timezone.now() + timedelta(hours=1)
        revision = page.save_revision()
        self.attempt(revision.publish)
        page.revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
        publish_scheduled.func()

    @rule(number=st.integers(0, 99), token=st.integers(0, 4))
    def change_audience(self, number: int, token: int) -> None:
        page, audience = self.pick(number), self.tokens[token]
        closed = self.attempt(
            lambda: actions.change_audience(actor=self.editor, page=page, audience=audience)
        )
        if closed is not None:
            self.chosen[page.pk] = audience
            self.chosen.update({child.pk: tokens.NOBODY for child in closed})

    @precondition(lambda self: len(self.pages) > 1)
    @rule(number=st.integers(0, 99))
    def narrowing_always_succeeds(self, number: int) -> None:
        page = self.pick(number)
        closed = actions.change_audience(actor=self.editor, page=page, audience=tokens.NOBODY)
        self.chosen[page.pk] = tokens.NOBODY
        self.chosen.update({child.pk: tokens.NOBODY for child in closed})

    @invariant()
    def nothing_is_wider_than_what_it_stands_under(self) -> None:
        for page, parent in pairs():
            assert tokens.may_stand_under(page.audience, parent.audience)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    @invariant()
    def a_refusal_is_a_sentence(self) -> None:
        assert all(refusal.endswith(".") for refusal in self.refusals)

    @invariant()
    def only_the_verb_changes_an_audience(self) -> None:
        for page in ReadablePage.objects.filter(pk__in=self.chosen):
            assert page.audience == self.chosen[page.pk]

    @invariant()
    def a_published_page_without_audience_is_read_by_no_one(self) -> None:
        everyone = {token for token in self.tokens if token != tokens.NOBODY}
        assert not ReadablePage.objects.filter(
            audience=tokens.NOBODY, live=True, audience__in=everyone
        ).exists()


PageTree.TestCase.settings = hypothesis_settings(
    max_examples=8,
    stateful_step_count=12,
    deadline=None,
    database=None,
    # Shrinking a run of twenty steps against a real database takes minutes.
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.slow
class TestPageTree(PageTree.TestCase, TestCase):
    """Hypothesis drives; Django's TestCase gives the database."""


@pytest.fixture
def home(db: None) -> Any:
    return home_page()


def test_refusal_names_the_page_that_is_too_narrow(home: Any) -> None:
    narrow = plain_page(home, tokens.ACCOUNTS, title="Alleen met account")
    with pytest.raises(ValidationError) as refusal:
        plain_page(narrow, tokens.PUBLIC, title="Voor iedereen")
    assert "‘Voor iedereen’" in str(refusal.value)
    assert "‘Alleen met account’" in str(refusal.value)


def test_publishing_without_audience_is_refused_with_a_sentence(home: Any) -> None:
    page = plain_page(home, tokens.NOBODY, title="Nog niet gekozen")
    with pytest.raises(ValidationError, match="Kies eerst wie ‘Nog niet gekozen’ mag lezen"):
        page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live


def test_database_refuses_what_python_did_not_see(home: Any) -> None:
    narrow = plain_page(home, tokens.ACCOUNTS)
    child = plain_page(narrow, tokens.ACCOUNTS)
    ReadablePage.objects.filter(pk=child.pk).update(audience=tokens.PUBLIC)
    with pytest.raises(IntegrityError):
        connection.check_constraints()


@pytest.mark.parametrize("outer", [*FIXED, "circle:0d9a7a3e-8f5b-4a55-9c9e-1f2c3d4e5f60"])
@pytest.mark.parametrize("inner", [*FIXED, "circle:0d9a7a3e-8f5b-4a55-9c9e-1f2c3d4e5f60"])
def test_database_and_python_agree_on_the_rule(db: None, inner: str, outer: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kpo_may_stand_under(%s, %s)", [inner, outer])
        assert cursor.fetchone()[0] == tokens.may_stand_under(inner, outer)


def test_old_revision_does_not_bring_back_a_wider_audience(home: Any) -> None:
    page = plain_page(home, tokens.PUBLIC)
    editor = UserFactory(roles=[Role.EDITOR])
    first = page.revisions.first()
    actions.change_audience(actor=editor, page=page, audience=tokens.ACCOUNTS)
    first.publish()
    assert ReadablePage.objects.get(pk=page.pk).audience == tokens.ACCOUNTS


def test_one_refused_schedule_does_not_stop_the_next(home: Any) -> None:
    refused = plain_page(home, tokens.NOBODY)
    welcome = plain_page(home, tokens.PUBLIC, live=False)
    past = timezone.now() - timedelta(minutes=5)
    for page in (refused, welcome):
        page.save_revision(approved_go_live_at=past)
    publish_scheduled.func()
    assert not ReadablePage.objects.get(pk=refused.pk).live
    assert ReadablePage.objects.get(pk=welcome.pk).live
