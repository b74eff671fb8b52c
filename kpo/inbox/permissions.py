"""Who may stand in for whom."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kpo.people.models import User
from kpo.people.reader import Reader
from kpo.people.roles import above_reader


def possible_substitutes(reader: Reader) -> QuerySet[User]:
    """Colleagues, and those with a role that the reader has too, as far as they show themselves."""
    if reader.person is None:
        return User.objects.none()
    roles = [role for role in above_reader() if role in reader.roles]
    near = Q(organisation_id=reader.person.organisation_id) | Q(groups__name__in=roles)
    others = User.objects.visible_to(reader).filter(near).exclude(pk=reader.person.pk)
    return others.distinct().select_related("organisation").order_by("last_name", "first_name")
