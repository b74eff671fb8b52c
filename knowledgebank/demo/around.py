"""The agenda and the regional pages of the demo."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from knowledgebank.demo.ground import Ground
from knowledgebank.demo.markdown import parse
from knowledgebank.demo.streams import body
from knowledgebank.models import (
    EventIndexPage,
    EventPage,
    Initiative,
    RegionIndexPage,
    RegionPage,
    ThemePage,
)

# As if editors put them up so long before today.
PUT_UP = timedelta(days=30)


def plant_around(ground: Ground) -> int:
    """Make what is missing; returns how many pages."""
    return _plant(ground, ground.content.events, EventPage, _event) + _plant(
        ground, ground.content.regions, RegionPage, _region
    )


def _plant(ground: Ground, rows: list[dict[str, Any]], model: Any, plant: Any) -> int:
    there = set(model.objects.values_list("slug", flat=True))
    missing = [facts for facts in rows if facts["slug"] not in there]
    for facts in missing:
        with transaction.atomic():
            plant(ground, facts)
    return len(missing)


def _event(ground: Ground, facts: dict[str, Any]) -> None:
    day = timezone.localdate() + timedelta(days=facts["days"])
    begins_at = timezone.make_aware(datetime.combine(day, time.fromisoformat(facts["from"])))
    page = EventPage(
        starts_at=begins_at,
        ends_at=begins_at + timedelta(hours=facts["hours"]),
        place=facts.get("place", ""),
        online_url=facts.get("online", ""),
        registration_url=facts["registration"],
        intended_for=facts["for"],
        organisation=ground.organisations[facts["organisation"]],
        regions=facts["regions"],
        is_cancelled=facts.get("is_cancelled", False),
        **_shared(ground, facts),
    )
    page.themes = list(ThemePage.objects.filter(slug__in=facts["themes"]))
    ground.add(EventIndexPage.objects.get(), page)
    ground.publish(page, min(day, timezone.localdate()) - PUT_UP)


def _region(ground: Ground, facts: dict[str, Any]) -> None:
    page = RegionPage(region=facts["region"], **_shared(ground, facts))
    page.initiatives = [
        _initiative(ground, number, one) for number, one in enumerate(facts["initiatives"])
    ]
    ground.add(RegionIndexPage.objects.get(), page)
    ground.publish(page, timezone.localdate() - PUT_UP)


def _initiative(ground: Ground, number: int, facts: dict[str, Any]) -> Initiative:
    return Initiative(
        sort_order=number,
        title=facts["title"],
        what=facts["what"],
        theme=ThemePage.objects.filter(slug=facts.get("theme", "")).first(),
        organisation=ground.organisations[facts["organisation"]],
        since=facts["since"],
        until=facts.get("until"),
        link=facts.get("link", ""),
        contact=facts["contact"],
    )


def _shared(ground: Ground, facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": facts["title"],
        "slug": facts["slug"],
        "audience": ground.audience(facts["audience"]),
        "summary": facts["summary"],
        "body": body(facts["slug"], parse(facts["body"])),
    }
