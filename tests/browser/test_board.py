"""The board's corner in a real browser: every screen for its chair, and judging without the CMS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django import DjangoDbBlocker

from knowledgebank.models import Ambassador, ReviewItem
from knowledgebank.review.actions import methods, rounds
from knowledgebank.review.actions.decisions import record_decision
from knowledgebank.review.starter_method import ensure_method
from kpo.people.models import User
from kpo.people.roles import Role
from tests.browser.conftest import OpenTab, places
from tests.browser.scene import Scene
from tests.browser.test_every_page import SCREENS, assert_well
from tests.factories import offers
from tests.factories.pages import theme_page
from tests.factories.people import UserFactory
from tests.factories.review import approve, author, live, review_all, reviewer, submitted
from tests.factories.upkeep import concern
from tests.ground import review_nothing


@dataclass
class Board:
    """Who judges, and what lies before them."""

    chair: User
    partner: User
    judged: ReviewItem
    new: ReviewItem
    paths: dict[str, str]


@pytest.fixture(scope="module")
def board(scene: Scene, data_folder: Any, django_db_blocker: DjangoDbBlocker) -> Iterator[Board]:
    with django_db_blocker.unblock(), override_settings(**places(data_folder)):
        review_all()
        yield _board(scene)
        review_nothing()


def _board(scene: Scene) -> Board:
    writer, chair = author(), reviewer(0, role=Role.BOARD_CHAIR)
    partner = reviewer(2, role=Role.REVIEWER, first_name="Ada", last_name="Bos")
    page = theme_page(live=False, title="Stille panden", what="<p>Een pand zonder licht.</p>")
    first = submitted(writer, page)
    approve(reviewer(1), first)
    approve(partner, first)
    page = live(page)
    judged = submitted(writer, page, what="<p>Een pand zonder licht of post.</p>")
    approve(chair, judged)
    rounds.escalate(actor=writer, item=judged, reason="Wie kent dit?")
    record_decision(actor=chair, item=judged, text="Eerst naar het OM.")
    guard = UserFactory(roles=[Role.AMBASSADOR], first_name="Bo", last_name="Dam")
    Ambassador.objects.create(theme=page, person=guard)
    new = submitted(writer, theme_page(live=False, title="Een nieuw thema"))
    draft = methods.begin_version(actor=chair, method=ensure_method())
    for person in (chair, partner):
        scene.let_in(person)
    current = ensure_method().current
    assert current is not None
    paths = {
        "work list": _at("work_list"),
        "decided": _at("work_list") + "?lijst=klaar",
        "item with votes": _at("review_item", judged.uuid),
        "item to judge": _at("review_item", new.uuid),
        "history": _at("review_history", judged.uuid),
        "agenda": _at("board_agenda"),
        "ambassadors": _at("ambassadors"),
        "method": _at("method"),
        "version": _at("method_version", current.uuid),
        "draft": _at("method_draft", draft.uuid),
        "block to withdraw": _at("withdraw_part", scene.theme.uuid),
        "to look at again": _at("due"),
        "concerns": _at("concerns"),
        "concern": _at("concern", concern(scene.theme, scene.reader).uuid),
        "laws": _at("laws"),
        "work of themes": _at("theme_list"),
        "work of a theme": _at("theme_work", scene.theme.uuid),
        "insight": _at("insight"),
        "pages behind a figure": _at("insight_pages") + "?stand=nog-niet",
        "offered": _at("offered"),
        "offered item": _at("offered_item", offers.sent(offers.submitter()).uuid),
    }
    return Board(chair, partner, judged, new, paths)


def _at(name: str, *args: Any) -> str:
    return reverse(f"knowledgebank:{name}", args=args)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_of_the_board_is_well(
    board: Board, open_tab: OpenTab, screen: dict[str, Any]
) -> None:
    tab = open_tab(board.chair, **screen)
    for name, path in board.paths.items():
        tab.complaints.clear()
        assert_well(tab, name, tab.visit(path))


def test_a_partner_judges_on_a_phone_without_the_cms_and_without_script(
    board: Board, open_tab: OpenTab
) -> None:
    tab = open_tab(board.partner, width=390, script=False)
    tab.visit(_at("work_list") + "?lijst=raad")
    tab.page.get_by_role("link", name="Een nieuw thema").click()
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("Een nieuw thema")
    for row in tab.page.locator("fieldset.kpo-rate").all():
        row.locator("input[value='4']").check()
    tab.page.get_by_role("button", name="Keur goed").click()
    expect(tab.page.get_by_text("Geef bij elk criterium een score van 1 tot 5")).to_be_visible()
    assert tab.page.locator("fieldset.kpo-rate input[value='4']:checked").count() == 8
    for row in tab.page.locator("fieldset.kpo-rate").all():
        row.locator("textarea").fill("Dit zag ik in drie dossiers.")
    tab.page.get_by_role("button", name="Keur goed").click()
    expect(tab.page.get_by_text("Je oordeel is bewaard.")).to_be_visible()
    assert not tab.is_wider_than_screen()


def test_the_chair_puts_a_criterion_under_a_draft_with_the_keyboard(
    board: Board, open_tab: OpenTab
) -> None:
    tab = open_tab(board.chair)
    tab.visit(board.paths["draft"])
    tab.page.get_by_role("button", name="Nog een criterium").press("Enter")
    last = tab.page.locator("fieldset", has_text="Nieuw criterium").last
    last.get_by_label("Naam").fill("Bereik")
    tab.page.get_by_role("button", name="Bewaar het concept").press("Enter")
    expect(tab.page.get_by_text("Het concept is bewaard.")).to_be_visible()
    expect(tab.page.locator("legend", has_text="Bereik")).to_be_visible()
