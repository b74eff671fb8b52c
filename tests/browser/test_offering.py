"""Offering an example in a real browser: saved as it is typed, followed to the consent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django import DjangoDbBlocker

from kpo.people.models import User
from tests.browser.conftest import OpenTab, places
from tests.browser.scene import Scene
from tests.browser.test_every_page import SCREENS, assert_well
from tests.factories import offers
from tests.factories.pages import theme_page
from tests.factories.upkeep import concern


@dataclass
class Offering:
    """Who offers, and the screens that person comes by."""

    person: User
    paths: dict[str, str]


@pytest.fixture(scope="module")
def offering(
    scene: Scene, data_folder: Any, django_db_blocker: DjangoDbBlocker
) -> Iterator[Offering]:
    with django_db_blocker.unblock(), override_settings(**places(data_folder)):
        person = scene.let_in(offers.submitter(first_name="Ada", last_name="Bos"))
        theme = theme_page(title="Vakantieparken")
        guard = offers.ambassador(theme)
        asked = offers.asked(person, guard, themes=[theme], title="Keukentafel")
        begun = offers.draft(person, title="Nog niet af")
        concern(scene.theme, person)
        yield Offering(
            person,
            {
                "offer": reverse("knowledgebank:offer_practice"),
                "draft": reverse("knowledgebank:offer_draft", args=[begun.uuid]),
                "own offers": reverse("knowledgebank:offers"),
                "status": reverse("knowledgebank:offer", args=[asked.uuid]),
                "consent": reverse("knowledgebank:offer_consent", args=[asked.uuid]),
                "doubt a passage": reverse("knowledgebank:raise_concern", args=[scene.theme.uuid]),
                "own concerns": reverse("knowledgebank:own_concerns"),
            },
        )


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_of_offering_is_well(
    offering: Offering, open_tab: OpenTab, screen: dict[str, Any]
) -> None:
    tab = open_tab(offering.person, **screen)
    for name, path in offering.paths.items():
        tab.complaints.clear()
        assert_well(tab, name, tab.visit(path))


def test_what_is_typed_is_kept_without_a_button(offering: Offering, open_tab: OpenTab) -> None:
    tab = open_tab(offering.person, width=390)
    tab.visit(offering.paths["draft"])
    tab.page.get_by_label("Wat vroeg het?").fill("Twee mensen, een dag in de week.")
    expect(tab.page.get_by_text("Bewaard op")).to_be_visible()
    with tab.page.expect_response(lambda answer: answer.request.method == "POST"):
        tab.page.get_by_label("Wat vroeg het?").fill("Drie mensen.")
    tab.page.reload()
    expect(tab.page.get_by_label("Wat vroeg het?")).to_have_value("Drie mensen.")
    assert tab.complaints == []


def test_the_submitter_agrees_without_script(offering: Offering, open_tab: OpenTab) -> None:
    tab = open_tab(offering.person, width=390, script=False)
    tab.visit(offering.paths["own offers"])
    tab.page.get_by_role("link", name="Lees de tekst en geef antwoord").first.click()
    tab.page.get_by_role("button", name="Akkoord").click()
    expect(tab.page.get_by_text("Hieronder zie je hoe het verdergaat")).to_be_visible()
