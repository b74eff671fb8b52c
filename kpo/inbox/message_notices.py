"""That somebody wrote, and that a message was reported: who hears of it and in which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from kpo.inbox.channels import Channel
from kpo.inbox.kinds import Kind, register
from kpo.inbox.models import Message, Notification
from kpo.people.models import User
from kpo.people.reader import Reader
from kpo.people.roles import Role


def recipient(message: Any, facts: Mapping[str, Any]) -> QuerySet[User]:
    return User.objects.filter(pk=message.recipient_id)


def administrators(message: Any, facts: Mapping[str, Any]) -> QuerySet[User]:
    return User.objects.active().with_role(Role.ADMINISTRATOR)


def who_wrote(reader: Reader, told: Sequence[Notification]) -> dict[int, str]:
    """Who wrote, and never what: that stands on KPO alone."""
    own = Message.objects.visible_to(reader).filter(uuid__in={one.item_uuid for one in told})
    written = own.select_related("sender__organisation")
    words = {one.uuid: f"{one.sender} van {one.sender.organisation.name}." for one in written}
    return {one.pk: words.get(one.item_uuid, "") for one in told}


def that_it_was_reported(reader: Reader, told: Sequence[Notification]) -> dict[int, str]:
    return {one.pk: "Iemand meldde een bericht." for one in told}


WRITTEN = register(
    Kind(
        name="inbox.message",
        label="Iemand schrijft je",
        explanation="Iemand die je in de mensengids vond, of aan wie jij schreef, stuurt je een "
        "bericht. In de mail staat van wie, niet wat.",
        heading="Berichten voor jou",
        default=Channel.AT_ONCE,
        receivers=recipient,
        sentences=who_wrote,
        glyph="mail",
    )
)
REPORTED = register(
    Kind(
        name="inbox.report",
        label="Een bericht is gemeld",
        explanation="Voor beheerders: iemand meldde een bericht van een ander.",
        heading="Gemelde berichten",
        default=Channel.AT_ONCE,
        receivers=administrators,
        sentences=that_it_was_reported,
        glyph="flag",
        is_task=True,
    )
)
