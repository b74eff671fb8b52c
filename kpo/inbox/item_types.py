"""Messages between people as something that can be read."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from kpo.inbox.models import Message
from kpo.items import ItemType, Shown, register
from kpo.people import standing
from kpo.people.models import User
from kpo.people.reader import Reader
from kpo.people.roles import Role


def messages_visible_to(reader: Reader) -> QuerySet[Any]:
    return Message.objects.visible_to(reader).select_related("sender")


def readers_of(message: Any) -> QuerySet[User]:
    """The two whom it is between, but who keeps the other off; of a reported one administrators."""
    among = Q(pk=message.sender_id)
    if Message.objects.of(message.recipient).filter(pk=message.pk).exists():
        among |= Q(pk=message.recipient_id)
    if message.reported_at is not None:
        among |= Q(standing.has_role(Role.ADMINISTRATOR))
    return User.objects.active().filter(among)


def shown(message: Any) -> Shown:
    """Without a token: it is for nobody beside."""
    return Shown(f"Bericht van {message.sender}", reverse("inbox:message", args=[message.uuid]), "")


MESSAGE = register(
    ItemType(
        "message",
        "Berichten",
        (Message,),
        messages_visible_to,
        readers_of,
        shown,
        messages_visible_to,
    )
)
