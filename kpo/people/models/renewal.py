"""What a person held before changing employer and may be given again."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from kpo.people.querysets import RenewalQuerySet


class Renewal(models.Model):
    """One role, circle or membership that ended with a change and is asked for again."""

    class Status(models.TextChoices):
        OPEN = "open", "wacht op een besluit"
        GRANTED = "granted", "opnieuw gegeven"
        REFUSED = "refused", "niet opnieuw gegeven"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="renewals")
    kind = models.CharField("soort", max_length=30)
    value = models.CharField("wat", max_length=80)
    asked_at = models.DateTimeField("gevraagd", auto_now_add=True)
    status = models.CharField("stand", max_length=10, choices=Status, default=Status.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("besloten", null=True, blank=True)

    objects = RenewalQuerySet.as_manager()

    class Meta:
        verbose_name = "hernieuwing"
        verbose_name_plural = "hernieuwingen"
        ordering = ("-asked_at",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind", "value"),
                condition=models.Q(status="open"),
                name="people_one_open_renewal",
            ),
        )

    def __str__(self) -> str:
        return f"Hernieuwing {str(self.uuid)[:8]}"
