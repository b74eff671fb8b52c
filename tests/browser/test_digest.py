"""The digest as a mail program shows it: its HTML part, at both widths."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from kpo.inbox.mailing import mail_digest
from kpo.inbox.models import Notification
from tests.browser.conftest import OpenTab
from tests.browser.scene import Scene
from tests.browser.test_every_page import SCREENS

# A mail stands within the page of a mail program, which has the landmarks.
OF_A_PAGE = ("landmark-one-main:", "region:")


@pytest.mark.parametrize("screen", SCREENS)
def test_a_digest_is_well(scene: Scene, open_tab: OpenTab, screen: dict[str, Any]) -> None:
    own = Notification.objects.filter(person=scene.reader)
    own.update(created_at=timezone.now() - timedelta(days=60))
    mail.outbox.clear()
    mail_digest.call(person=scene.reader.pk)
    (message,) = mail.outbox
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    tab = open_tab(**screen)
    tab.page.set_content(html)
    expect(tab.page.get_by_text("Lege loodsen").first).to_be_visible()
    assert [one for one in tab.violations() if not one.startswith(OF_A_PAGE)] == []
    assert not tab.is_wider_than_screen()
