"""What followers of a region hear: what was published there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from knowledgebank import followers
from knowledgebank.models import RegionPage
from kpo.inbox.channels import Channel
from kpo.inbox.kinds import Kind, register
from kpo.inbox.models import Notification
from kpo.pages.models import ReadablePage
from kpo.people.choices import Region
from kpo.people.models import User
from kpo.people.reader import Reader


def followers_of_its_regions(page: Any, facts: Mapping[str, Any]) -> QuerySet[User]:
    return followers.of_pages(RegionPage.objects.live().filter(region__in=page.regions))


def where_it_is(reader: Reader, told: Sequence[Notification]) -> dict[int, str]:
    """The regions that the reader follows and may read the page of."""
    followed = RegionPage.objects.visible_to(reader).filter(follows__person=reader.person)
    names = {page.region: Region(page.region).label for page in followed.order_by("title")}
    uuids = {one.item_uuid for one in told}
    pages = ReadablePage.objects.visible_to(reader).filter(uuid__in=uuids).specific()
    regions = {page.uuid: [names[r] for r in page.regions if r in names] for page in pages}
    return {one.pk: _sentence(regions.get(one.item_uuid, [])) for one in told}


def _sentence(regions: Sequence[str]) -> str:
    return f"Nieuw in {', '.join(regions)}." if regions else "Nieuw in een regio."


IN_REGION = register(
    Kind(
        name="knowledge.region",
        label="Nieuw in een regio die je volgt",
        explanation="Er kwam een document, praktijkvoorbeeld of bijeenkomst bij.",
        heading="Nieuw in regio's die je volgt",
        default=Channel.WEEKLY,
        receivers=followers_of_its_regions,
        sentences=where_it_is,
        glyph="map-pin",
    )
)
