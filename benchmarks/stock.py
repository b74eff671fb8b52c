"""The same page as stock Wagtail would serve it: no audiences, no Reader, no panels.

Template, StreamFields and the rows shown stay; what KPO adds around them is taken away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.http import HttpRequest, HttpResponseBase
from django.test import override_settings
from wagtail.models import Page

from knowledgebank import theme_sections
from kpo.pages import context_processors, models
from kpo.pages.models import ReadablePage
from kpo.pages.querysets import ReadablePageQuerySet
from kpo.people import tokens
from kpo.people.querysets import AudienceQuerySet
from kpo.people.reader import Reader

EVERYTHING = Reader(None, frozenset({tokens.PUBLIC, tokens.ACCOUNTS}), frozenset())
OWN = ("kpo.audit", "kpo.people", "kpo.pages")


def stock_middleware(configured: list[str]) -> list[str]:
    """What Django and the libraries bring; ours that set headers stay, ours that ask go."""
    return [name for name in configured if not name.startswith(OWN)]


def serve(page: ReadablePage, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    return Page.serve(page, request, *args, **kwargs)


@contextmanager
def stock_wagtail(middleware: list[str]) -> Iterator[None]:
    with (
        override_settings(MIDDLEWARE=stock_middleware(middleware)),
        patch.object(ReadablePage, "serve", serve),
        patch.object(
            ReadablePageQuerySet, "visible_to", lambda self, reader: self.filter(live=True)
        ),
        patch.object(AudienceQuerySet, "visible_to", lambda self, reader: self.all()),
        patch.object(theme_sections, "panels_for", lambda *args: []),
        patch.object(models, "current_reader", lambda request: EVERYTHING),
        patch.object(context_processors, "current_reader", lambda request: EVERYTHING),
    ):
        yield
