"""What a reader may count on: no script, large letters, paper, and marks that stay."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenTab
from tests.browser.scene import Scene


def test_search_and_filter_work_without_script(scene: Scene, open_tab: OpenTab) -> None:
    tab = open_tab(scene.reader, script=False)
    tab.visit("/")
    tab.page.locator("#zoek").fill("loodsen")
    tab.page.get_by_role("button", name="Zoek").last.click()
    expect(tab.page.get_by_role("link", name="Handreiking lege loodsen").first).to_be_visible()
    tab.visit(scene.paths["theme"])
    tab.page.get_by_role("link", name="Politie (1)").click()
    rows = tab.page.get_by_role("row").filter(has_text="Wijkagent")
    expect(rows).to_have_count(1)
    expect(tab.page.get_by_text("Pand bezoeken")).to_have_count(0)


def test_the_menu_opens_on_a_phone_without_script(scene: Scene, open_tab: OpenTab) -> None:
    tab = open_tab(width=390, script=False)
    tab.visit("/themas/")
    tab.page.locator("summary", has_text="Menu").click()
    tab.page.get_by_role("navigation", name="Menu").get_by_role("link", name="Documenten").click()
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("Documenten")


@pytest.mark.parametrize("name", ["home", "theme", "search", "contact"])
def test_letters_of_double_size_fit_the_screen(scene: Scene, open_tab: OpenTab, name: str) -> None:
    tab = open_tab(scene.reader)
    tab.visit(scene.paths[name])
    tab.page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert not tab.is_wider_than_screen()


def test_a_theme_on_paper_has_its_text_and_no_controls(scene: Scene, open_tab: OpenTab) -> None:
    tab = open_tab(scene.reader, scheme="dark")
    tab.visit(scene.paths["theme"])
    tab.page.emulate_media(media="print")
    for name in ("banner", "contentinfo", "search"):
        expect(tab.page.get_by_role(name)).to_have_count(0)
    expect(tab.page.get_by_role("button")).to_have_count(0)
    expect(tab.page.get_by_text("Nog geen vaste afspraak").first).to_be_visible()
    assert _paper(tab.page) == "rgb(0, 0, 0)"


def _paper(page: Any) -> str:
    return page.evaluate("getComputedStyle(document.body).color")


def test_the_barrier_model_is_a_list_of_lists(scene: Scene, open_tab: OpenTab) -> None:
    tab = open_tab(scene.reader)
    tab.visit(scene.paths["theme"])
    stages = tab.page.locator(".kpo-barrier__stages > li")
    expect(stages).to_have_count(3)
    first = tab.page.get_by_role("list", name="Barrières bij: Zoeken")
    expect(first.get_by_role("listitem")).to_have_count(2)
    expect(first).to_contain_text("Nog geen vaste afspraak")


def test_a_reader_follows_keeps_and_answers(scene: Scene, open_tab: OpenTab) -> None:
    tab = open_tab(scene.reader)
    tab.visit(scene.paths["theme"])
    tab.page.get_by_role("button", name="Volg dit thema").click()
    expect(tab.page.get_by_role("button", name="Je volgt dit")).to_be_visible()
    tab.page.get_by_role("button", name="Bewaar").click()
    expect(tab.page.get_by_role("button", name="Bewaard")).to_be_visible()
    tab.page.get_by_role("button", name="Niet helemaal").click()
    expect(tab.page.get_by_text("Je antwoordde niet helemaal")).to_be_visible()
    tab.visit("/mijn/bewaard/")
    expect(tab.page.get_by_role("link", name="Lege loodsen")).to_have_count(2)


def test_the_contents_follow_the_reader(scene: Scene, open_tab: OpenTab) -> None:
    tab = open_tab(scene.reader)
    tab.visit(scene.paths["theme"])
    current = tab.page.locator(".kpo-toc.kpo-sticky a[aria-current]")
    expect(current).to_have_text("Wat is het?")
    tab.page.locator("#signalen").scroll_into_view_if_needed()
    tab.page.evaluate("document.querySelector('#signalen').scrollIntoView()")
    expect(current).to_have_text("Signalen")
