"""A passkey in a real browser: set up, used alone, and used as the second step."""

from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from tests.browser.conftest import OpenTab
from tests.browser.scene import Scene
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db
# A key inside the device that says yes by itself, as a finger on a sensor does.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_key_device(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def sign_in(page: Page, email: str) -> None:
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/uitloggen/")
    page.get_by_role("main").get_by_role("button", name="Log uit").click()
    expect(page.get_by_role("link", name="Log in").first).to_be_visible()


@pytest.fixture(scope="module")
def empty_queue(scene: Scene, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What the server queued is committed, and emptying the tables passes the queue by."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.mark.usefixtures("empty_queue")
def test_a_passkey_is_set_up_and_opens_the_door(scene: Scene, open_tab: OpenTab) -> None:
    tab = open_tab(width=390)
    page = tab.page
    give_key_device(page)
    sign_in(page, scene.reader.email)
    page.goto("/mijn/beveiliging/sleutels/nieuw/")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_label("Naam").fill("telefoon")
    page.get_by_label("Ook zonder wachtwoord inloggen").check()
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je herstelcodes")
    assert tab.violations() == []
    assert not tab.is_wider_than_screen()

    sign_out(page)
    page.goto("/inloggen/?next=/mijn/sessies/")
    page.get_by_role("button", name="Log in met een toegangssleutel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sessies")

    sign_out(page)
    sign_in(page, scene.reader.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tweede stap")
    assert tab.violations() == []
    page.get_by_role("button", name="Gebruik je toegangssleutel").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dag")
    assert tab.complaints == []
