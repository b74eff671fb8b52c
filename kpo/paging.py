"""One page of a list, whatever number a visitor types."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 20


def page_of(rows: Any, request: HttpRequest, per_page: int = PER_PAGE) -> Page[Any]:
    """The page of `rows` that `?pagina=` asks for; the nearest one for a number out of range.

    `rows` is a QuerySet, or a list where the rows are no rows of one table.
    """
    return Paginator(rows, per_page).get_page(request.GET.get("pagina", "1")[:9])
