"""Adding files in the CMS as an editor does: dragging, choosing, reading what became of each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Locator, Page, expect
from pytest_django import DjangoDbBlocker

from kpo.people.models import User
from kpo.people.roles import Role
from tests.browser.conftest import OpenTab, Tab, places
from tests.browser.scene import Scene
from tests.factories import files as make
from tests.factories.people import UserFactory

UPLOAD = "/cms/documents/multiple/add/"
WIDTHS = [390, 1280]
# What a browser hands over when somebody lets go of files above the zone.
DROP = """
([zone, files]) => {
  const carried = new DataTransfer();
  for (const [name, text] of files) carried.items.add(new File([text], name));
  for (const type of ["dragenter", "dragover", "drop"])
    zone.dispatchEvent(new DragEvent(type, { dataTransfer: carried, cancelable: true }));
}
"""


@pytest.fixture(scope="module")
def editor(scene: Scene, data_folder: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[User]:
    with django_db_blocker.unblock(), override_settings(**places(data_folder)):
        yield scene.let_in(UserFactory(first_name="Ed", roles=[Role.EDITOR]))


@pytest.fixture
def uploader(open_tab: OpenTab, editor: User) -> Any:
    def opened(**options: Any) -> Tab:
        tab = open_tab(editor, **options)
        assert tab.visit(UPLOAD) == 200
        if options.get("script", True):
            # The script has taken over from the button that sends everything at once.
            expect(tab.page.locator("[data-upload-submit]")).to_be_hidden()
        return tab

    return opened


def drop(page: Page, *files: tuple[str, str]) -> None:
    zone = page.locator("[data-upload-zone]").element_handle()
    page.evaluate(DROP, [zone, list(files)])


def answer(page: Page, name: str) -> Locator:
    return page.locator(".kpo-upload__item", has_text=name)


@pytest.mark.parametrize("width", WIDTHS)
def test_dropped_files_each_get_their_own_answer(uploader: Any, width: int) -> None:
    tab = uploader(width=width)
    page = tab.page
    page.get_by_label("Wie mag dit lezen").select_option("accounts")
    drop(page, ("plan van aanpak.txt", "Een plan"), ("virus.exe", "MZ"), ("nota.md", "# Nota"))

    expect(answer(page, "plan van aanpak").get_by_role("link")).to_be_visible()
    expect(answer(page, "virus.exe")).to_contain_text(
        "Niet toegevoegd. Bestanden met de extensie .exe nemen we niet aan."
    )
    expect(answer(page, "nota").get_by_role("link")).to_be_visible()
    expect(page.locator("[data-upload-status]")).to_have_text(
        "2 van 3 bestanden toegevoegd, 1 niet."
    )
    expect(page.locator("progress")).to_have_count(0)
    assert tab.violations() == []
    assert not tab.is_wider_than_screen()
    assert tab.complaints == []


def test_a_stored_file_opens_from_its_answer(uploader: Any) -> None:
    page = uploader().page
    page.get_by_label("Wie mag dit lezen").select_option("accounts")
    drop(page, ("te openen.txt", "Tekst om te openen"))
    answer(page, "te openen").get_by_role("link").click()

    page.wait_for_url("**/cms/documents/edit/**")
    expect(page.get_by_label("Titel")).to_have_value("te openen")


def test_progress_is_shown_while_a_file_travels(uploader: Any) -> None:
    tab = uploader()
    page = tab.page
    # Hold the answer back, so that the moment in between lasts.
    waiting: list[Any] = []
    page.route("**" + UPLOAD, lambda route: waiting.append(route))  # noqa: PLW0108  Playwright wants a function of Python
    page.get_by_label("Wie mag dit lezen").select_option("accounts")
    drop(page, ("eerste.txt", "Een"), ("tweede.txt", "Twee"))

    first = answer(page, "eerste.txt")
    expect(first.get_by_role("progressbar", name="Voortgang van eerste.txt")).to_be_visible()
    expect(first).to_contain_text("Wordt verstuurd.")
    expect(answer(page, "tweede.txt")).to_contain_text("Wacht op zijn beurt.")
    expect(page.locator("[data-upload-status]")).to_have_text("Bezig met 1 van 2 bestanden.")
    assert tab.violations() == []
    # What was held goes on when nobody holds it any more.
    page.unroute("**" + UPLOAD)
    expect(answer(page, "tweede").get_by_role("link")).to_be_visible()


def test_files_are_chosen_by_keyboard_and_wait_for_the_choice_of_readers(uploader: Any) -> None:
    page = uploader().page
    with page.expect_file_chooser() as chooser:
        page.get_by_label("Wie mag dit lezen").focus()
        page.keyboard.press("Tab")
        expect(page.get_by_label("Sleep bestanden hierheen")).to_be_focused()
        page.keyboard.press("Enter")
    chooser.value.set_files(
        {"name": "gekozen.txt", "mimeType": "text/plain", "buffer": b"Met de toetsen"}
    )

    expect(page.get_by_role("alert")).to_contain_text("Kies eerst wie dit mag lezen.")
    expect(page.get_by_label("Wie mag dit lezen")).to_be_focused()
    page.keyboard.type("Met account")
    page.keyboard.press("Tab")
    expect(answer(page, "gekozen").get_by_role("link")).to_be_visible()
    expect(page.locator("[data-upload-error]")).to_be_empty()


def test_a_lost_connection_is_told_and_the_next_file_still_goes(uploader: Any) -> None:
    page = uploader().page
    page.get_by_label("Wie mag dit lezen").select_option("accounts")
    page.route("**" + UPLOAD, lambda route: route.abort(), times=1)
    drop(page, ("verloren.txt", "Weg"), ("volgende.txt", "Er nog"))

    expect(answer(page, "verloren.txt")).to_contain_text("De verbinding viel weg.")
    expect(answer(page, "volgende").get_by_role("link")).to_be_visible()


def test_without_script_the_same_form_gives_the_same_answers(uploader: Any) -> None:
    page = uploader(script=False).page
    page.get_by_label("Wie mag dit lezen").select_option("accounts")
    page.get_by_label("Sleep bestanden hierheen").set_input_files(
        [
            {"name": "zonder.txt", "mimeType": "text/plain", "buffer": b"Zonder script"},
            {"name": "kapot.pdf", "mimeType": "application/pdf", "buffer": b"geen pdf"},
        ]
    )
    page.get_by_role("button", name="Voeg toe").click()

    expect(answer(page, "zonder").get_by_role("link")).to_be_visible()
    expect(answer(page, "kapot.pdf")).to_contain_text("Niet toegevoegd.")


# --- A PDF in the browser ------------------------------------------------------------------------
VIEWER = "chrome-extension://"


@pytest.fixture(scope="module")
def pdf_url(scene: Scene, data_folder: Path, django_db_blocker: DjangoDbBlocker) -> str:
    """A PDF that is a web page as well, for a browser that guesses."""
    with django_db_blocker.unblock(), override_settings(**places(data_folder)):
        content = make.pdf("Een gewone pdf") + b"<html><script>document.title='gekaapt'</script>"
        stored = make.document(
            content=content, media_type="application/pdf", original_name="gewoon.pdf"
        )
        return str(stored.url)


def test_a_pdf_opens_in_the_browsers_own_viewer_and_runs_nothing(
    open_tab: OpenTab, scene: Scene, pdf_url: str
) -> None:
    tab = open_tab(scene.reader)
    assert tab.visit(pdf_url) == 200
    tab.page.wait_for_timeout(500)

    assert any(frame.url.startswith(VIEWER) for frame in tab.page.frames)
    assert tab.page.title() != "gekaapt"
    assert [each for each in tab.complaints if "favicon" not in each] == []


def test_a_page_that_poses_as_a_file_runs_no_script(
    open_tab: OpenTab, scene: Scene, server: str, pdf_url: str
) -> None:
    """Should a browser ever take the bytes for a page, the policy still stops the script."""
    tab = open_tab(scene.reader)

    def as_page(route: Any) -> None:
        given = route.fetch()
        headers = {**given.headers, "content-type": "text/html"}
        route.fulfill(
            status=200, headers=headers, body=b"<script>document.title='gekaapt'</script>"
        )

    tab.page.route("**/bestanden/**", as_page)
    tab.visit(pdf_url)
    assert tab.page.title() != "gekaapt"
    assert any("Content Security Policy" in each for each in tab.complaints)
