"""A real Chromium against a real server, and what every browser test asks of a page."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection, connections
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from kpo.people.models import User
from tests.browser.scene import Scene, make_scene, strike_scene
from tests.needs import BROWSERS, find_program

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDER_THAN_SCREEN = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without this mark pytest-django makes no test database for fixtures of a module."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find_program(*BROWSERS)
    # Playwright keeps an event loop in this thread, in which Django would refuse the ORM.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
        # While Playwright's loop runs Django keeps other connections than without it; these would
        # be left behind, and the test database could not be dropped.
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for a module: the scene's index and files outlive a test."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(autouse=True)
def private_data_folder(settings: Settings, data_folder: Path) -> Path:
    """In place of the folder per test."""
    for name, value in places(data_folder).items():
        setattr(settings, name, value)
    return data_folder


def places(folder: Path) -> dict[str, Any]:
    return {
        "DATA_DIR": folder,
        "MEDIA_ROOT": str(folder / "media"),
        "EMAIL_FILE_PATH": str(folder / "mail"),
    }


@pytest.fixture(scope="module")
def scene(
    data_folder: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Scene]:
    """A small site with a page of every type, committed, so that the server sees it.

    Made once for a module, since making it costs more than looking at it; afterwards the tables
    are as empty as other tests expect them. A test itself runs in a transaction that the server
    does not see: what it needs is made here, or in a fixture of a module.
    """
    assert connection.settings_dict["NAME"].startswith("test_")
    with django_db_blocker.unblock(), override_settings(**places(data_folder)):
        yield make_scene()
        strike_scene()


@pytest.fixture(scope="module")
def server(scene: Scene) -> Iterator[str]:
    """The address of a server that shows the scene."""
    running = LiveServer("localhost")
    yield running.url
    running.stop()


@dataclass
class Tab:
    """A page in the browser, and what went wrong on it."""

    page: Page
    complaints: list[str]

    def visit(self, path: str) -> int:
        """Open a path of the site; returns the status."""
        response = self.page.goto(path)
        assert response is not None
        return response.status

    def violations(self) -> list[str]:
        """What axe objects to, one line per rule and place."""
        # axe's own preloading would fetch style sheets and trip over our policy.
        options = {"runOnly": RULES, "preload": False}
        found = Axe().run(self.page, options=options).response["violations"]
        return [
            f"{rule['id']}: {node['target']} {node['html'][:120]}"
            for rule in found
            for node in rule["nodes"]
        ]

    def is_wider_than_screen(self) -> bool:
        return bool(self.page.evaluate(WIDER_THAN_SCREEN))


OpenTab = Callable[..., Tab]


@pytest.fixture
def open_tab(chromium: Browser, scene: Scene, server: str) -> Iterator[OpenTab]:
    """Opens a tab: `open_tab(person=None, width=1280, scheme="light", script=True)`.

    `person` is somebody that `scene.let_in` made a session for, such as `scene.reader`.
    """
    contexts: list[BrowserContext] = []

    def opened(
        person: User | None = None, *, width: int = 1280, scheme: str = "light", script: bool = True
    ) -> Tab:
        context = chromium.new_context(
            base_url=server,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
            locale="nl-NL",
        )
        contexts.append(context)
        if person is not None:
            key = scene.sessions[person.pk]
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": key, "url": server}])
        return _listen(context.new_page())

    yield opened
    for context in contexts:
        context.close()


def _listen(page: Page) -> Tab:
    """Keep every error of the console, refused scripts and styles among them."""
    tab = Tab(page, [])
    page.on(
        "console",
        lambda message: (
            tab.complaints.append(f"{message.text} {message.location.get('url', '')}")
            if message.type == "error"
            else None
        ),
    )
    page.on("pageerror", lambda error: tab.complaints.append(str(error)))
    return tab
