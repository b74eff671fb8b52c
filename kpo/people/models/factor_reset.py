"""The way back for who lost the second step: two administrators, each on their own."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kpo.people.querysets import FactorResetQuerySet


class FactorReset(models.Model):
    """Asked for by one administrator, carried out with the consent of another."""

    class Status(models.TextChoices):
        OPEN = "open", "wacht op een tweede beheerder"
        DONE = "done", "gedaan"
        ENDED = "ended", "niet doorgegaan"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="factor_resets"
    )
    reason = models.TextField(
        "reden", max_length=1000, help_text="Hoe weet je zeker dat deze persoon het zelf vraagt?"
    )
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField("gevraagd", auto_now_add=True)
    status = models.CharField("stand", max_length=10, choices=Status, default=Status.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("besloten", null=True, blank=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        verbose_name = "nieuwe tweede stap"
        verbose_name_plural = "nieuwe tweede stappen"
        ordering = ("-requested_at",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=Q(status="open"), name="people_one_open_reset"
            ),
            models.CheckConstraint(
                condition=~Q(requested_by=F("person")), name="people_reset_asked_by_another"
            ),
            # Ending one's own request is fine; consenting to it is not.
            models.CheckConstraint(
                condition=~Q(status="done")
                | (
                    Q(decided_by__isnull=False)
                    & ~Q(decided_by=F("requested_by"))
                    & ~Q(decided_by=F("person"))
                ),
                name="people_reset_needs_two",
            ),
        )

    def __str__(self) -> str:
        return f"Nieuwe tweede stap {str(self.uuid)[:8]}"
