"""Every page type in a real browser: for everyone, at both widths, in both themes."""

from typing import Any

import pytest

from tests.browser.conftest import OpenTab, Tab
from tests.browser.scene import SIGNED_IN, SIGNED_OUT, Scene

# What a visitor sees differs here; the rest is the same template with less in it.
VISITED = ("home", "theme", "themes", "contact", "search", "not found")
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
