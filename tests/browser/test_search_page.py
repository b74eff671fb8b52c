"""The search page in a real browser: by keyboard, on a phone, without script."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from knowledgebank.models import DocumentFile
from kpo import jobs
from kpo.files.models import Document
from kpo.people import tokens
from kpo.people.models import User
from kpo.people.roles import Role
from search import pins
from search.models import AskedInMonth, MissingReport
from search.pinned import Pin
from tests.browser.conftest import OpenTab, places
from tests.browser.scene import Scene
from tests.browser.test_keyboard import tab_to
from tests.factories import files, pages
from tests.factories.people import UserFactory

QUESTION = "/zoeken/?q=jachthaven"
SCREENS = [(1280, "light"), (390, "dark")]


# Of words enough for two documents that have them to be versions of one text.
LONG = "Opslagbox " + " ".join(f"woord{one}{other}" for one in "aeiou" for other in "bcdfgklmn")


@dataclass
class Stage:
    """`guide` is the random id of the page of the PDF."""

    reader: User
    editor: User
    pdf: Document
    guide: UUID


@pytest.fixture(scope="module")
def stage(scene: Scene, data_folder: Path) -> Stage:
    """The scene, and beside it two themes, five documents and a PDF, findable; two of the documents
    are versions of one text, and one of the themes is pinned to its question."""
    with override_settings(**places(data_folder)):
        theme = pages.theme_page(title="Stille jachthaven", slug="jachthavens")
        pinned = pages.theme_page(title="Boerenerven", slug="boerenerven")
        pages.knowledge_document(title="Jachthaven in beeld", kind="factsheet", themes=[theme])
        pages.knowledge_document(tokens.ACCOUNTS, title="Jachthaven en eigenaar", kind="toolbox")
        pages.knowledge_document(title="Opslagbox in 2025", summary=LONG)
        pages.knowledge_document(title="Opslagbox in 2026", summary=f"{LONG} nieuw")
        Pin.objects.create(questions=["opslagbox"], pages=[pinned.uuid])
        pins.announce_change()
        _remember_questions()
        pdf, guide = _guide([theme])
        editor = scene.let_in(UserFactory(roles=[Role.EDITOR]))
        return Stage(scene.reader, editor, pdf, guide)


def _remember_questions() -> None:
    """What the editors' screens show: a question asked often, and a report."""
    counts = {"times": 9, "without_result": 9, "watched": 9, "without_click": 0}
    month = timezone.localdate().replace(day=1)
    AskedInMonth.objects.create(text="kelder", month=month, useful=0, not_useful=3, **counts)
    MissingReport.objects.create(text="kelder", remark="Een stappenplan voor kelders.")


def _guide(themes: list[Any]) -> tuple[Document, UUID]:
    """A document whose only word about it is on the second page of its PDF."""
    texts = ("Vooraf", "Bezoek de jachthaven nooit alleen.")
    pdf = files.document(
        audience=tokens.PUBLIC,
        original_name="gids.pdf",
        media_type="application/pdf",
        content=files.pdf(*texts),
        pages=texts,
        page_count=len(texts),
    )
    guide = pages.knowledge_document(title="Gids voor controle", kind="handreiking", themes=themes)
    DocumentFile.objects.create(page=guide, document=pdf)
    jobs.drain()
    return pdf, guide.uuid


def hits(page: Page) -> list[str]:
    return page.locator(".kpo-hit__title").all_inner_texts()


def test_a_hit_opens_the_pdf_at_its_page(stage: Stage, open_tab: OpenTab) -> None:
    tab = open_tab(stage.reader)
    tab.visit(f"{QUESTION}+alleen")
    hit = tab.page.locator(".kpo-hit", has_text="Gids voor controle")
    address = hit.get_by_role("link", name="Pagina 2 van").get_attribute("href")
    assert address == f"{stage.pdf.url}#page=2"
    assert hit.get_by_role("heading").get_by_role("link").get_attribute("href") == address
    opened = tab.page.request.get(address)
    assert opened.status == 200
    assert opened.headers["content-type"] == "application/pdf"


def test_suggestions_by_keyboard(stage: Stage, open_tab: OpenTab) -> None:
    tab = open_tab(stage.reader)
    tab.visit("/zoeken/")
    box = tab.page.locator("#zoek")
    options = tab.page.locator("#zoek-suggesties [role=option]")
    box.focus()
    tab.page.keyboard.type("jachth")
    expect(options).to_have_count(3)
    expect(box).to_have_attribute("aria-expanded", "true")
    assert tab.violations() == []
    tab.page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "zoek-suggesties-2")
    tab.page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    tab.page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("jachth")
    tab.page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    tab.page.keyboard.press("ArrowDown")
    expect(options.first).to_contain_text("Jachthaven in beeld")
    tab.page.keyboard.press("Enter")
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("Jachthaven in beeld")
    assert tab.complaints == []


def test_a_suggestion_is_opened_by_pointer(stage: Stage, open_tab: OpenTab) -> None:
    tab = open_tab(stage.reader)
    tab.visit("/themas/")
    tab.page.locator("#zoek-boven").click()
    tab.page.keyboard.type("boer")
    tab.page.get_by_role("option", name="Boerenerven").click()
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("Boerenerven")


def test_a_ticked_filter_works_at_once_and_back_undoes_it(stage: Stage, open_tab: OpenTab) -> None:
    tab = open_tab(stage.reader)
    tab.visit(QUESTION)
    assert len(hits(tab.page)) == 4
    box = tab.page.get_by_role("checkbox", name="Factsheet")
    box.focus()
    tab.page.keyboard.press("Space")
    tab.page.wait_for_url("**/zoeken/?q=jachthaven&document=factsheet")
    expect(tab.page.locator(".kpo-hit__title")).to_have_text(["Jachthaven in beeld"])
    expect(tab.page.locator("#zoekstatus")).to_have_text("1 resultaat voor jachthaven")
    expect(box).to_be_focused()
    assert tab.page.title() == "Zoeken: jachthaven - KPO"
    tab.page.go_back()
    tab.page.wait_for_url("**/zoeken/?q=jachthaven")
    expect(tab.page.locator(".kpo-hit__title")).to_have_count(4)
    tab.page.locator("#zoek-boven").fill("boer")
    expect(tab.page.get_by_role("option", name="Boerenerven")).to_be_visible()
    assert tab.complaints == []


def test_a_chip_takes_its_filter_away_by_keyboard(stage: Stage, open_tab: OpenTab) -> None:
    tab = open_tab(stage.reader)
    tab.visit(f"{QUESTION}&document=factsheet&thema=jachthavens")
    chip = tab.page.get_by_role("link", name="Factsheet weghalen")
    chip.focus()
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/zoeken/?q=jachthaven&thema=jachthavens")


def test_filters_work_without_script(stage: Stage, open_tab: OpenTab) -> None:
    tab = open_tab(stage.reader, script=False)
    tab.visit(QUESTION)
    tab.page.get_by_role("checkbox", name="Factsheet").check()
    tab.page.get_by_role("checkbox", name="Toolbox").check()
    assert len(hits(tab.page)) == 4
    tab.page.get_by_role("button", name="Toon resultaten").click()
    assert sorted(hits(tab.page)) == ["Jachthaven en eigenaar", "Jachthaven in beeld"]
    assert "document=factsheet&document=toolbox" in tab.page.url
    tab.page.get_by_role("link", name="Nieuwste").click()
    assert "volgorde=datum" in tab.page.url
    assert len(hits(tab.page)) == 2


def test_on_a_phone_filters_wait_for_the_button(stage: Stage, open_tab: OpenTab) -> None:
    tab = open_tab(stage.reader, width=390)
    tab.visit(QUESTION)
    box = tab.page.get_by_role("checkbox", name="Factsheet")
    expect(box).to_be_hidden()
    tab.page.get_by_text("Verfijn de resultaten").click()
    box.check()
    tab.page.get_by_role("checkbox", name="Toolbox").check()
    assert len(hits(tab.page)) == 4
    tab.page.get_by_role("button", name="Toon resultaten").click()
    expect(tab.page.locator(".kpo-hit__title")).to_have_count(2)
    expect(tab.page.get_by_role("heading", level=1)).to_be_focused()
    expect(box).to_be_hidden()


def test_a_period_and_the_next_page_by_keyboard(stage: Stage, open_tab: OpenTab) -> None:
    tab = open_tab(stage.reader)
    tab.visit(QUESTION)
    tab_to(tab.page, "Kies een periode")
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.type("01012020")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/zoeken/?q=jachthaven&van=2020-01-01")
    tab.visit("/zoeken/?van=2020-01-01")
    tab_to(tab.page, "Volgende")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/zoeken/?van=2020-01-01&pagina=2")
    assert hits(tab.page) != []


def test_an_answer_is_thanked_for_in_its_place(stage: Stage, open_tab: OpenTab) -> None:
    tab = open_tab(stage.reader)
    tab.visit(QUESTION)
    tab_to(tab.page, "Nee")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator(".kpo-feedback")).to_contain_text("Bedankt.")
    assert tab.violations() == []
    assert tab.complaints == []


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_everything_around_an_answer_fits_and_is_accessible(
    stage: Stage, open_tab: OpenTab, width: int, scheme: str
) -> None:
    tab = open_tab(stage.reader, width=width, scheme=scheme)
    states = {
        "/zoeken/?q=opslagbox": "Bijna dezelfde tekst",
        f"/zoeken/in/{stage.guide}/?q=jachthaven": "1 plek",
        f"/zoeken/in/{stage.guide}/?q=zzzqqq": "Niets gevonden",
        f"/zoeken/verwant/{stage.guide}/": "Lijkt op",
        "/mijn/gemist/?q=kelder": "Meld wat ontbreekt",
    }
    for state, words in states.items():
        tab.visit(state)
        expect(tab.page.locator("main")).to_contain_text(words)
        assert tab.violations() == [], state
        assert not tab.is_wider_than_screen(), state
    tab.visit("/zoeken/?q=opslagbox")
    expect(tab.page.locator(".kpo-hit--pin")).to_contain_text("Uitgelicht door de redactie")


def test_the_editors_screens_fit_and_are_accessible(stage: Stage, open_tab: OpenTab) -> None:
    tab = open_tab(stage.editor, width=390, scheme="dark")
    states = {
        "/cms/uitgelicht/": "Boerenerven",
        "/cms/uitgelicht/new/": "Zoekvragen",
        "/cms/synoniemen/new/": "Betekent ook",
        "/cms/zoekinzicht/": "Een stappenplan voor kelders.",
        "/cms/zoekvolgorde/?vraag=opslagbox": "Opslagbox in 2026",
    }
    for state, words in states.items():
        assert tab.visit(state) == 200
        expect(tab.page.locator("#main")).to_contain_text(words)
        assert tab.violations() == [], state
        assert not tab.is_wider_than_screen(), state


@pytest.mark.parametrize("width", [1280, 390])
def test_every_state_fits_and_is_accessible(stage: Stage, open_tab: OpenTab, width: int) -> None:
    states = (
        QUESTION,
        f"{QUESTION}&document=factsheet&van=2026-05-01&tot=2026-01-01&regio=atlantis",
        "/zoeken/",
        "/zoeken/?q=zzzqqq+yyy",
        f"/zoeken/?q={'lo' * 200}",
    )
    for person, scheme in ((stage.reader, "light"), (None, "dark")):
        tab = open_tab(person, width=width, scheme=scheme)
        for state in states:
            tab.visit(state)
            assert tab.violations() == [], state
            assert not tab.is_wider_than_screen(), state
