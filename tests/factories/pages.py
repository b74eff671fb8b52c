"""Pages in the states that tests need."""

from __future__ import annotations

import itertools
from typing import Any

from knowledgebank.models import (
    DocumentIndexPage,
    HomePage,
    KnowledgeDocument,
    PlainPage,
    ThemeIndexPage,
    ThemePage,
)
from kpo.pages.models import ReadablePage
from kpo.people import tokens

_numbers = itertools.count(1)


def home_page() -> HomePage:
    """Of the site that every test finds, as `manage.py create_site` makes it."""
    return HomePage.objects.get()


def placed(parent: Any, page: ReadablePage, *, live: bool = True) -> Any:
    """The page below `parent`; published by its first revision if it is to be live."""
    page.live = False
    parent.refresh_from_db()
    parent.add_child(instance=page)
    if live:
        page.save_revision().publish()
        page.refresh_from_db()
    return page


def plain_page(
    parent: Any, audience: str = tokens.PUBLIC, *, live: bool = True, **fields: Any
) -> Any:
    number = next(_numbers)
    values = {"title": f"Pagina {number}", "slug": f"pagina-{number}"} | fields
    page = PlainPage(audience=audience, body="[]", **values)
    return placed(parent, page, live=live and audience != tokens.NOBODY)


def theme_page(audience: str = tokens.PUBLIC, *, live: bool = True, **fields: Any) -> Any:
    number = next(_numbers)
    values = {"title": f"Thema {number}", "slug": f"thema-{number}", "what": "<p>Uitleg.</p>"}
    page = ThemePage(audience=audience, **(values | fields))
    return placed(ThemeIndexPage.objects.get(), page, live=live)


def knowledge_document(
    audience: str = tokens.PUBLIC, *, live: bool = True, themes: Any = (), **fields: Any
) -> Any:
    number = next(_numbers)
    values = {"title": f"Document {number}", "slug": f"document-{number}", "kind": "factsheet"}
    page = KnowledgeDocument(audience=audience, **(values | fields))
    page.themes = themes
    return placed(DocumentIndexPage.objects.get(), page, live=live)
