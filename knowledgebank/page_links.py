"""What a page calls the pages it links to: the texts of the links that editors put in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from wagtail.fields import RichTextField, StreamField

from knowledgebank.passages import text_of
from kpo.pages.models import ReadablePage

_LINK = re.compile(r"<a\b(?P<attributes>[^>]*)>(?P<text>.*?)</a>", re.DOTALL)
_TO_PAGE = re.compile(r'\blinktype="page"')
_ID = re.compile(r'\bid="(\d{1,18})"')


def links_on(page: ReadablePage) -> tuple[tuple[UUID, str], ...]:
    """The random ids of the pages that this page links to in its texts, with those texts."""
    found = [link for html in _texts(page) for link in _links(html)]
    if not found:
        return ()
    pages = ReadablePage.objects.filter(pk__in={number for number, _ in found})
    uuids = dict(pages.values_list("pk", "uuid"))
    return tuple((uuids[number], text) for number, text in found if number in uuids and text)


def _links(html: str) -> Iterator[tuple[int, str]]:
    for link in _LINK.finditer(html):
        number = _ID.search(link["attributes"])
        if number and _TO_PAGE.search(link["attributes"]):
            yield int(number[1]), text_of(link["text"])


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
