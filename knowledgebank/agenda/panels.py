"""The next events, on the home page and on the page of a theme."""

from __future__ import annotations

from typing import Any

from knowledgebank.models import EventPage
from kpo.pages.panels import Panel
from kpo.people.reader import Reader

TEMPLATE = "knowledgebank/agenda/panel.html"
ON_HOME, ON_THEME = 4, 6


def on_home(reader: Reader, about: Any) -> Panel | None:
    events = list(EventPage.objects.visible_to(reader).upcoming().as_listed()[:ON_HOME])
    return Panel("Agenda", TEMPLATE, {"events": events, "is_narrow": True}) if events else None


def on_theme(reader: Reader, theme: Any) -> Panel | None:
    coming = EventPage.objects.visible_to(reader).about(theme).upcoming().as_listed()
    events = list(coming[:ON_THEME])
    if not events:
        return None
    return Panel("Bijeenkomsten", TEMPLATE, {"events": events}, anchor="bijeenkomsten")
