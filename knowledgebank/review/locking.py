"""One order of locks: the page first, as for who saves it, then what lies before the board."""

from __future__ import annotations

from wagtail.models import Page


def hold(page: int) -> Page:
    """Keep others from saving a page until this transaction ends; gives the row as it is now."""
    held: Page = Page.objects.select_for_update(of=("self",), no_key=True).get(pk=page)
    return held
