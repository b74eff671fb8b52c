"""By which way somebody hears of a kind of news: what was chosen, or what the kind begins with."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from kpo.inbox.channels import Channel
from kpo.inbox.kinds import Kind, all_kinds
from kpo.inbox.models import Notification, Preference
from kpo.people.models import User


def with_channel(notifications: QuerySet[Notification]) -> QuerySet[Notification]:
    """The same rows, each with `channel`: how its person wants to hear of it now."""
    whens = [When(kind=kind.name, then=Value(kind.default)) for kind in all_kinds()]
    default = Case(*whens, default=Value(Channel.PLATFORM), output_field=CharField())
    own = Preference.objects.filter(person=OuterRef("person_id"), kind=OuterRef("kind"))
    return notifications.annotate(channel=_first(own, OuterRef("space"), default))


def without_those_who_chose_nothing(
    people: QuerySet[User], kind: Kind, space: str
) -> QuerySet[User]:
    """The people who want to hear of this kind of news at all, each with `channel`."""
    own = Preference.objects.filter(person=OuterRef("pk"), kind=kind.name)
    told = people.annotate(channel=_first(own, Value(space), Value(kind.default)))
    return told.exclude(channel=Channel.NOTHING)


def _first(own: QuerySet[Preference], space: Any, default: Any) -> Coalesce:
    """The choice for a space, else the one for everywhere, else what the kind begins with."""
    here, anywhere = own.filter(space=space), own.filter(space="")
    return Coalesce(
        Subquery(here.values("channel")[:1]),
        Subquery(anywhere.values("channel")[:1]),
        default,
        output_field=CharField(),
    )


def chosen(person: User) -> dict[str, str]:
    """Kind → channel for one person, everywhere but where a community has its own."""
    own = Preference.objects.filter(person=person, space="")
    return {kind.name: kind.default for kind in all_kinds()} | dict(
        own.values_list("kind", "channel")
    )


def channel_for(person: User, kind: Kind, space: str) -> str:
    """How one person hears of one kind of news, in one community or everywhere."""
    own = Preference.objects.filter(person=person, kind=kind.name, space__in={space, ""})
    chose = dict(own.values_list("space", "channel"))
    return chose.get(space) or chose.get("") or kind.default
