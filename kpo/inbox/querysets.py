"""What is in an inbox belongs to one person, and is shown as far as that person may read it now."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from kpo.items import by_door
from kpo.people.roles import Role

if TYPE_CHECKING:
    from kpo.pages.models import ReadablePage
    from kpo.people.models import User
    from kpo.people.reader import Reader

NONE = Q(pk__in=[])


class PageMarkQuerySet(models.QuerySet):
    def of(self, person: User) -> Self:
        return self.filter(person=person)

    def on(self, page: ReadablePage) -> Self:
        return self.filter(page_id=page.pk)

    def visible_to(self, reader: Reader) -> Self:
        """The reader's own marks, on pages that the reader may still read."""
        if reader.person is None:
            return self.none()
        return self.filter(
            person=reader.person, page__live=True, page__audience__in=reader.audiences
        )

    def page_ids(self) -> models.QuerySet:
        return self.values_list("page_id", flat=True)


class FollowQuerySet(PageMarkQuerySet):
    def page_ids(self) -> models.QuerySet:
        """Of pages alone: a row about a person has none."""
        return self.filter(page__isnull=False).values_list("page_id", flat=True)

    def of_people(self, reader: Reader) -> Self:
        """Whom the reader follows, as far as the reader finds them in the directory now."""
        if reader.person is None:
            return self.none()
        people: Any = apps.get_model("people", "User")
        return self.filter(
            person=reader.person, subject__in=people.objects.listed_for(reader).values("pk")
        )


class ItemRowQuerySet(models.QuerySet[Any]):
    """Rows of one person that each point at an item, by its type and its random id."""

    def of(self, person: User) -> Self:
        return self.filter(person=person)

    def on(self, item_type: str, item_uuid: UUID) -> Self:
        return self.filter(item_type=item_type, item_uuid=item_uuid)

    def visible_to(self, reader: Reader) -> Self:
        """The reader's own rows, on items that the reader may read now."""
        if reader.person is None:
            return self.none()
        return self.filter(readable_by(reader), person=reader.person)


def readable_by(reader: Reader) -> Q:
    """Condition on rows that point at an item: the reader may read it now."""
    condition = NONE
    for door, types in by_door().items():
        rows = door(reader).filter(uuid=OuterRef("item_uuid"))
        condition |= Q(Exists(rows), item_type__in=[one.name for one in types])
    return condition


class MuteQuerySet(ItemRowQuerySet):
    pass


class NotificationQuerySet(ItemRowQuerySet):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def unmailed(self) -> Self:
        """What no mail has told yet; what was read needs none."""
        return self.unread().filter(mailed_at=None)

    def made_before(self, moment: datetime) -> Self:
        return self.filter(created_at__lt=moment)

    def read_at_moment(self, moment: datetime) -> Self:
        """What was marked as read in one go."""
        return self.filter(read_at=moment)

    def unread_first(self) -> Self:
        """Unread above read, the newest first in both."""
        is_read = models.Case(models.When(read_at=None, then=0), default=1)
        return self.order_by(is_read, "-created_at", "-pk")


class AbsenceQuerySet(models.QuerySet[Any]):
    def on_day(self, day: date) -> Self:
        """Those that last on this day, with a substitute who has an account that works."""
        return self.filter(since__lte=day, until__gte=day, substitute__is_active=True)


class MessageQuerySet(models.QuerySet[Any]):
    """Twin of `message_types.readers_of`."""

    def of(self, person: User) -> Self:
        """What this person sent, and got of whom they do not keep off."""
        return self.filter(self._own(person))

    @staticmethod
    def _own(person: User) -> Q:
        """What they keep off does not arrive, though its sender sees it go all the same."""
        blocks: Any = apps.get_model("people", "Block")
        before = blocks.objects.filter(since__lte=OuterRef("sent_at"))
        kept_off = Exists(before.filter(person=OuterRef("recipient"), blocked=OuterRef("sender")))
        return Q(sender=person) | Q(recipient=person) & ~Q(kept_off)

    def visible_to(self, reader: Reader) -> Self:
        """Own ones; to administrators also what was reported."""
        if reader.person is None:
            return self.none()
        own = self._own(reader.person)
        if reader.has_role(Role.ADMINISTRATOR):
            own |= Q(reported_at__isnull=False)
        return self.filter(own)
