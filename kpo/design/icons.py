"""The icons in use, as data, so that a page needs no request or font for them."""

import json
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

DATA = Path(__file__).with_name("icons.json")


class UnknownIconError(LookupError):
    """An icon that is not in static/icons.txt."""


@cache
def _drawings() -> dict[str, str]:
    drawings: dict[str, str] = json.loads(DATA.read_text(encoding="utf-8"))
    return drawings


def names() -> list[str]:
    """The names of all icons, in alphabetical order."""
    return sorted(_drawings())


@cache
def svg(name: str) -> SafeString:
    """The inline drawing of icon `name`, hidden from screen readers. Raises UnknownIconError."""
    if name not in _drawings():
        raise UnknownIconError(f"{name}: add it to icons.txt and run `manage.py build_icons`")
    return format_html(
        '<svg class="kpo-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(_drawings()[name]),  # noqa: S308  our own committed data
    )
