"""Patterns that administrators add, and what waits for a decision because case data was found."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models

from kpo.casedata.findings import Severity


class Pattern(models.Model):
    """An expression of an administrator's own, such as a case number of one organisation."""

    name = models.CharField(
        "naam", max_length=100, unique=True, help_text="Wat de schrijver te zien krijgt."
    )
    expression = models.CharField(
        "patroon",
        max_length=300,
        help_text="Reguliere expressie, zoals PL\\d{4}-\\d{10} voor zaken.",
    )
    severity = models.CharField(
        "wat er gebeurt",
        max_length=5,
        choices=Severity,
        default=Severity.BLOCK,
        help_text="Tegenhouden, of waarschuwen en met een reden laten doorgaan.",
    )
    is_active = models.BooleanField("in gebruik", default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "patroon voor zaakgegevens"
        verbose_name_plural = "patronen voor zaakgegevens"

    def __str__(self) -> str:
        return self.name


class HoldQuerySet(models.QuerySet["Hold"]):
    def waiting(self) -> "HoldQuerySet":
        return self.filter(state=Hold.State.WAITING)


class Hold(models.Model):
    """
    A thing that waits because case data was found in it.

    Says which kinds were found and how often, never the found numbers themselves.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Wacht op een beslissing"
        RELEASED = "released", "Vrijgegeven"
        REMOVED = "removed", "Verwijderd"

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.CharField(max_length=40)
    target = GenericForeignKey("content_type", "object_id")
    place = models.CharField("plaats", max_length=60)
    kinds = ArrayField(models.CharField(max_length=100), verbose_name="gevonden")
    state = models.CharField(
        "stand", max_length=8, choices=State, default=State.WAITING, db_index=True
    )
    created_at = models.DateTimeField("vastgehouden op", auto_now_add=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="van",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beslist door",
    )
    decided_at = models.DateTimeField("beslist op", null=True, blank=True)
    reason = models.CharField("reden", max_length=500, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = "vastgehouden stuk"
        verbose_name_plural = "vastgehouden stukken"
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(state="waiting"),
                name="one_waiting_hold_per_object",
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting") | models.Q(decided_at__isnull=False),
                name="decided_hold_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {', '.join(self.kinds)}"
