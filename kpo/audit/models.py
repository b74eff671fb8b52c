"""One table of entries. The database itself refuses to change or remove them."""

from uuid import uuid4

from django.db import models

from kpo.audit import words
from kpo.audit.origin import Via
from kpo.audit.querysets import EntryQuerySet

NAME_LENGTH = 200


class Outcome(models.TextChoices):
    DONE = "done", "gedaan"
    REFUSED = "refused", "geweigerd"
    FAILED = "failed", "mislukt"


class Entry(models.Model):
    """Who did what to which object, when, from where, and how it ended.

    The actor and the object are kept as an id and a label, not as foreign keys: the log outlives
    the rows it speaks of. Erasing a person replaces the label, nothing else (see migration 0002).
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    at = models.DateTimeField("moment", auto_now_add=True, db_index=True)
    action = models.CharField("handeling", max_length=80, db_index=True)
    outcome = models.CharField("uitkomst", max_length=10, choices=Outcome, default=Outcome.DONE)
    actor_id = models.UUIDField("wie (kenmerk)", null=True, blank=True, db_index=True)
    actor_label = models.CharField("wie", max_length=NAME_LENGTH, blank=True)
    object_type = models.CharField("soort", max_length=80, blank=True)
    object_id = models.CharField("kenmerk", max_length=80, blank=True)
    object_label = models.CharField("onderwerp", max_length=NAME_LENGTH, blank=True)
    via = models.CharField("weg", max_length=10, choices=Via, default=Via.UNKNOWN)
    origin = models.CharField("herkomst", max_length=NAME_LENGTH, blank=True)
    address = models.CharField("netwerk", max_length=60, blank=True)
    details = models.JSONField("bijzonderheden", default=dict, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logboek"
        ordering = ("-at", "-pk")
        default_permissions = ("view",)
        indexes = (models.Index(fields=("object_type", "object_id"), name="audit_object"),)

    def __str__(self) -> str:
        return f"{self.action} {self.object_label}".strip()

    @property
    def phrase(self) -> str:
        return words.phrase(self.action)

    @property
    def particulars(self) -> list[tuple[str, str]]:
        """What `details` says, in words."""
        return [(words.detail(key), words.value(value)) for key, value in self.details.items()]

    @property
    def object_kind(self) -> str:
        return words.kind(self.object_type) if self.object_type else ""
