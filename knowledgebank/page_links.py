"""What a page calls the pages it links to: the texts of the links that editors put in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from wagtail.fields import RichTextField, StreamField

from kpo.pages.models import ReadablePage

LONGEST_ID = 18
Link = tuple[int, str]


class LinksOfText(HTMLParser):
    """Reads a rich text; `found` are the pages it links to, by number, with the links' texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Link] = []
        self._number: int | None = None
        self._text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._number, self._text = _page_number(dict(attrs)), []
        self._text.append(" ")

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._text.append(" ")
        if tag == "a" and self._number is not None:
            self.found.append((self._number, " ".join("".join(self._text).split())))
            self._number = None


def _page_number(attributes: dict[str, str | None]) -> int | None:
    number = attributes.get("id") or ""
    is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_ID
    return int(number) if is_number and attributes.get("linktype") == "page" else None


def links_on(page: ReadablePage) -> tuple[tuple[UUID, str], ...]:
    """The random ids of the pages that this page links to in its texts, with those texts."""
    found = [link for html in _texts(page) for link in _links(html)]
    if not found:
        return ()
    pages = ReadablePage.objects.filter(pk__in={number for number, _ in found})
    uuids = dict(pages.values_list("pk", "uuid"))
    return tuple((uuids[number], text) for number, text in found if number in uuids and text)


def _links(html: str) -> list[Link]:
    """Most texts have no link to a page, and need not be read for them."""
    return LinksOfText(html).found if "linktype" in html else []


def _texts(page: ReadablePage) -> Iterator[str]:
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            yield from _strings(list(field.value_from_object(page).raw_data))
        elif isinstance(field, RichTextField):
            yield field.value_from_object(page)


def _strings(value: Any) -> Iterator[str]:
    """Every text in a block, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        inner: Iterable[Any] = value.values() if isinstance(value, dict) else value
        for each in inner:
            yield from _strings(each)
