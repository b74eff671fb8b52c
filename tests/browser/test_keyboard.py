"""The three trips of a working day, without a mouse: sign in, search, read."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab
from tests.browser.scene import Scene
from tests.factories.people import PASSWORD

FURTHEST = 80
FOCUSED_TEXT = "(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()"


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on something that says `words`."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED_TEXT):
            return
    raise AssertionError(f"no focus on {words!r} within {FURTHEST} steps")


def test_a_reader_signs_in_by_keyboard(scene: Scene, open_tab: OpenTab) -> None:
    tab = open_tab()
    tab.visit("/inloggen/")
    tab.page.get_by_label("E-mail").focus()
    tab.page.keyboard.type(scene.reader.email)
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.type(PASSWORD)
    tab.page.keyboard.press("Enter")
    expect(tab.page.get_by_role("heading", level=1)).to_contain_text("Dag Noor")


def test_a_reader_searches_and_opens_a_hit_by_keyboard(scene: Scene, open_tab: OpenTab) -> None:
    tab = open_tab(scene.reader)
    tab.visit("/themas/")
    tab.page.locator("#zoek-boven").focus()
    tab.page.keyboard.type("lege loodsen")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/zoeken/**")
    tab_to(tab.page, "Handreiking lege loodsen")
    tab.page.keyboard.press("Enter")
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("Handreiking lege loodsen")


def test_a_reader_skips_to_the_text_and_along_the_contents(scene: Scene, open_tab: OpenTab) -> None:
    tab = open_tab(scene.reader)
    tab.visit(scene.paths["theme"])
    tab.page.keyboard.press("Tab")
    expect(tab.page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#inhoud")).to_be_focused()
    tab_to(tab.page, "Barrièremodel")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**#barrieremodel")
    expect(tab.page.locator("#barrieremodel")).to_be_in_viewport()


def test_a_menu_opens_by_keyboard_and_escape_closes_it(scene: Scene, open_tab: OpenTab) -> None:
    tab = open_tab(scene.reader)
    tab.visit("/themas/")
    tab_to(tab.page, "Mijn account")
    tab.page.keyboard.press("Enter")
    sign_out = tab.page.get_by_role("button", name="Log uit")
    expect(sign_out).to_be_visible()
    tab.page.keyboard.press("Escape")
    expect(sign_out).to_be_hidden()


def test_every_focus_shows_a_ring(scene: Scene, open_tab: OpenTab) -> None:
    tab = open_tab(scene.reader)
    tab.visit(scene.paths["theme"])
    for _ in range(30):
        tab.page.keyboard.press("Tab")
        outline = tab.page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        where = tab.page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert outline == "3px" or 'type="radio"' in where, where
