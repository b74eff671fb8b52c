"""Which entries exist for whom, and the filters of the auditor's screen."""

from datetime import date
from typing import Any, Self

from django.db import models


class EntryQuerySet(models.QuerySet[Any]):
    def visible_to(self, reader: Any) -> Self:
        """All entries for who holds the right to read the log, none for anyone else."""
        person = reader.person
        if person is not None and person.has_perm("audit.view_entry"):
            return self
        return self.none()

    def about(self, obj: models.Model) -> Self:
        return self.filter(object_type=model_label(obj), object_id=object_key(obj))

    def between(self, first: date | None, last: date | None) -> Self:
        """Entries of the days from `first` up to and including `last`; None is open-ended."""
        found = self
        if first:
            found = found.filter(at__date__gte=first)
        if last:
            found = found.filter(at__date__lte=last)
        return found


def model_label(obj: models.Model) -> str:
    """The kind of a row, such as "people.user"."""
    return obj._meta.label_lower


def object_key(obj: models.Model) -> str:
    """What identifies a row in the log: its random id where it has one, else its key."""
    return str(getattr(obj, "uuid", None) or obj.pk)
