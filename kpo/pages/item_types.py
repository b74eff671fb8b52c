"""Pages as items: how an upper floor makes a type of the page classes that it has."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from kpo.items import ItemType, Shown
from kpo.pages.models import ReadablePage
from kpo.people.models import User
from kpo.people.reader import Reader


def page_type(name: str, label: str, *models: Any) -> ItemType:
    """A type of one page class, or of several that people hold for one kind of page."""

    def visible_to(reader: Reader) -> QuerySet[Any]:
        pages = ReadablePage.objects.type(*models) if len(models) > 1 else models[0].objects
        return pages.live().visible_to(reader)

    return ItemType(name, label, models, visible_to, readers_of, shown, any_page_visible_to)


def any_page_visible_to(reader: Reader) -> QuerySet[Any]:
    """Pages of every class, with what a list says of them."""
    return ReadablePage.objects.visible_to(reader).only("uuid", "title", "url_path", "audience")


def readers_of(page: Any) -> QuerySet[User]:
    """Who may read a page. Twin of `ReadablePageQuerySet.visible_to`."""
    return User.objects.holding(page.audience) if page.live else User.objects.none()


def shown(page: Any) -> Shown:
    return Shown(page.title, page.url or "/", page.audience)
