"""Who stands in for whom today: a substitute has the tasks of who is away, next to their own."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from kpo.inbox.models import Absence
from kpo.people.models import User


def acting_for(person: User) -> QuerySet[User]:
    """The person, and everyone whose tasks the person has today."""
    away = Absence.objects.on_day(timezone.localdate()).filter(substitute=person)
    return User.objects.filter(Q(pk=person.pk) | Q(pk__in=away.values("person")))


def substitutes_of(people: QuerySet[User]) -> QuerySet[User]:
    """Who has the tasks of one of these people today; twin of `acting_for`."""
    away = Absence.objects.on_day(timezone.localdate()).filter(person__in=people)
    return User.objects.filter(pk__in=away.values("substitute"))
