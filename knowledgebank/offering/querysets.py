"""Which offers exist for whom: who made one, and who handles it for the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from knowledgebank.querysets import SEATED
from kpo.people.reader import Reader
from kpo.people.roles import Role

if TYPE_CHECKING:
    from kpo.people.models import User

# Who edit a text that was taken in.
EDITORS = (Role.EDITOR, Role.ADMINISTRATOR)


class OfferQuerySet(models.QuerySet[Any]):
    def of(self, person: User) -> Self:
        return self.filter(person=person)

    def sent(self) -> Self:
        """What waits for somebody to take it in or to decline it."""
        return self.filter(state="sent")

    def taken_in(self) -> Self:
        return self.filter(state="taken_in")

    def declined(self) -> Self:
        return self.filter(state="declined")

    def visible_to(self, reader: Reader) -> Self:
        """Own ones, and those that this reader handles. Twin of `people.readers_of`."""
        if reader.person is None:
            return self.none()
        handled = self.handled_by(reader).order_by().values("pk")
        return self.filter(Q(person=reader.person) | Q(pk__in=handled))

    def handled_by(self, reader: Reader) -> Self:
        """What this reader handles for the platform: of others, and of themes the reader holds.

        A draft, and what was withdrawn, is the submitter's alone.
        """
        if reader.person is None:
            return self.none()
        closed = self.model.objects.filter(
            themes__in=_themes_of(self.model).exclude(working_audience__in=reader.audiences)
        )
        shared = self.filter(state__in=("sent", "taken_in", "declined"))
        others = shared.exclude(person=reader.person).exclude(pk__in=closed.values("pk"))
        if reader.has_role(*SEATED):
            return others
        mine = Q(themes__ambassadors__person=reader.person)
        if reader.has_role(*EDITORS):
            mine |= Q(state="taken_in", pages__working_audience__in=reader.audiences)
        return others.filter(mine).distinct()


def _themes_of(model: Any) -> models.QuerySet[Any]:
    themes: models.QuerySet[Any] = model._meta.get_field("themes").related_model.objects.all()
    return themes
