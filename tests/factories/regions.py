"""Pages of regions with initiatives."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from knowledgebank.models import Initiative, RegionIndexPage, RegionPage
from kpo.people import tokens
from kpo.people.choices import Region
from tests.factories.pages import placed

_numbers = count(1)


def initiative(**fields: Any) -> Initiative:
    """Not saved: it comes with its page."""
    number = next(_numbers)
    values = {"title": f"Initiatief {number}", "what": f"Wat we doen, {number}."}
    return Initiative(**(values | fields))


def region_page(
    audience: str = tokens.PUBLIC,
    *,
    region: str = Region.OOST_NEDERLAND,
    initiatives: Sequence[Initiative] = (),
    live: bool = True,
    **fields: Any,
) -> Any:
    number = next(_numbers)
    values = {"title": f"Regio {number}", "slug": f"regio-{number}", "region": region}
    page = RegionPage(audience=audience, **(values | fields))
    for place, one in enumerate(initiatives):
        one.sort_order = place
    page.initiatives = list(initiatives)
    return placed(RegionIndexPage.objects.get(), page, live=live)
