"""One page of a list, whatever number a visitor types."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 20


def page_of(rows: QuerySet, request: HttpRequest, per_page: int = PER_PAGE) -> Page:
    """The page of `rows` that `?pagina=` asks for; the nearest one for a number out of range."""
    return Paginator(rows, per_page).get_page(request.GET.get("pagina", "1")[:9])
