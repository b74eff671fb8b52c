"""Every page type in a real browser: for everyone, at both widths, in both themes."""

from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Route, expect

from tests.browser.conftest import OpenTab, Tab
from tests.browser.scene import SIGNED_IN, SIGNED_OUT, Scene

# What a visitor sees differs here; the rest is the same template with less in it.
VISITED = ("home", "theme", "themes", "contact", "search", "not found", "unsubscribe")
# Error pages with the menu of the site; the others ask nothing of what may be broken.
ASKING = (403, 429)
SCREENS = [
    pytest.param({"width": 1280, "scheme": "light"}, id="desk"),
    pytest.param({"width": 390, "scheme": "dark"}, id="phone-at-night"),
]


def assert_well(tab: Tab, name: str, status: int) -> None:
    # Chromium itself reports the status of a page that is not found.
    heard = [it for it in tab.complaints if "404" not in it]
    expected = 404 if name == "not found" else 200
    facts = {
        "status": status,
        "violations": tab.violations(),
        "complaints": heard,
        "too wide": tab.is_wider_than_screen(),
    }
    assert facts == {"status": expected, "violations": [], "complaints": [], "too wide": False}


@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_is_well_for_a_signed_in_reader(
    scene: Scene, open_tab: OpenTab, screen: dict[str, Any]
) -> None:
    tab = open_tab(scene.reader, **screen)
    for name, path in (scene.paths | SIGNED_IN).items():
        tab.complaints.clear()
        assert_well(tab, name, tab.visit(path))


@pytest.mark.parametrize("screen", SCREENS)
def test_every_public_page_is_well_for_a_visitor(
    scene: Scene, open_tab: OpenTab, screen: dict[str, Any]
) -> None:
    tab = open_tab(**screen)
    public = {name: scene.paths[name] for name in VISITED}
    for name, path in (public | SIGNED_OUT).items():
        tab.complaints.clear()
        assert_well(tab, name, tab.visit(path))


def answer(body: str, route: Route) -> None:
    route.fulfill(body=body, content_type="text/html")


def test_every_error_page_is_well(scene: Scene, open_tab: OpenTab) -> None:
    """As Django renders them, in place of a page of the site: few can be made to happen."""
    tab = open_tab(width=390, scheme="dark")
    request = RequestFactory().get("/")
    request.user, request.csp_nonce = AnonymousUser(), ""  # type: ignore[attr-defined]
    for status in (400, 403, 429, 500, 503, 507):
        body = render_to_string(f"{status}.html", {}, request if status in ASKING else None)
        tab.page.route("**/themas/", partial(answer, body))
        tab.visit("/themas/")
        expect(tab.page.locator("main")).to_contain_text(f"Fout {status}")
        assert tab.violations() == [], status
        assert not tab.is_wider_than_screen(), status
        tab.page.unroute("**/themas/")
