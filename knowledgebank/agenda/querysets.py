"""Which events exist for whom, and which of them are still to come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kpo.pages.querysets import ReadablePageQuerySet

if TYPE_CHECKING:
    from knowledgebank.models import ThemePage

# What any list of events shows.
LISTED = (
    "uuid",
    "title",
    "slug",
    "url_path",
    "audience",
    "starts_at",
    "ends_at",
    "place",
    "online_url",
    "intended_for",
    "is_cancelled",
    "organisation__name",
)


class EventQuerySet(ReadablePageQuerySet):
    def upcoming(self) -> Self:
        """What has not ended yet, the first to begin first."""
        return self.filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")

    def past(self) -> Self:
        """What is over, the latest first."""
        return self.filter(ends_at__lt=timezone.now()).order_by("-starts_at", "-pk")

    def since(self, days: int) -> Self:
        """What ended no longer than so many days ago, or is still to come."""
        return self.filter(ends_at__gte=timezone.now() - timedelta(days=days))

    def about(self, theme: ThemePage) -> Self:
        return self.filter(Q(themes=theme))

    def in_region(self, region: str) -> Self:
        return self.filter(regions__contains=[region])

    def as_listed(self) -> Self:
        return self.select_related("organisation").only(*LISTED)


class AgendaFeedQuerySet(models.QuerySet[Any]):
    def usable(self) -> Self:
        """Feeds of people whose access is still what it was when they made the link."""
        return self.filter(person__is_active=True, access_key=F("person__access_key"))
