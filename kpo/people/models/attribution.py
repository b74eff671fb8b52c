"""Who wrote something, and for which organisation at the time."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models

from kpo.people.models.organisation import Organisation

FORMER = "Voormalig gebruiker"


@dataclass(frozen=True, slots=True)
class Attribution:
    """What stands under a text: the organisation of then, the name if the person has one still."""

    name: str
    organisation: str
    person: UUID | None


class Attributed(models.Model):
    """Keeps the organisation an author worked for when writing, whatever happens afterwards."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    author_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.author is not None and self.author_organisation is None:
            self.author_organisation = self.author.organisation
        super().save(*args, **kwargs)

    @property
    def attribution(self) -> Attribution:
        """Plain values for a template; asks the database nothing if both rows were selected."""
        organisation = self.author_organisation.name if self.author_organisation else ""
        if self.author is None or self.author.is_erased:
            return Attribution(FORMER, organisation, None)
        return Attribution(self.author.get_full_name(), organisation, self.author.uuid)
