"""Mails that are on their way, and what came back."""

from uuid import uuid4

from django.db import models


class Envelope(models.Model):
    """A mail that a server took: by its key a report that comes back later finds the address.

    Gone after a few days, when no report is to be expected any more.
    """

    key = models.UUIDField("kenmerk", default=uuid4, unique=True, editable=False)
    email = models.EmailField("e-mailadres")
    sent_at = models.DateTimeField("verstuurd")
    bounced_at = models.DateTimeField("teruggekomen", null=True)

    class Meta:
        verbose_name = "verstuurde mail"
        verbose_name_plural = "verstuurde mails"
        default_permissions = ()
        indexes = (
            models.Index(fields=["sent_at"], name="people_envelope_sent"),
            models.Index(fields=["email"], name="people_envelope_email"),
        )

    def __str__(self) -> str:
        return f"Verstuurde mail {str(self.key)[:8]}"


class ReturnedMail(models.Model):
    """How many messages of one kind came back on one day; says nothing of whom."""

    class Outcome(models.TextChoices):
        REFUSED = "refused", "voorgoed geweigerd"
        PASSING = "passing", "voor nu geweigerd"
        REPEATED = "repeated", "al eerder gelezen"
        FOREIGN = "foreign", "niet aan ons adres, of nagemaakt"
        EXPIRED = "expired", "te laat"
        NO_REPORT = "no-report", "geen bericht van een mailserver"

    day = models.DateField("dag")
    outcome = models.CharField("wat het was", max_length=10, choices=Outcome)
    count = models.PositiveIntegerField("keren", default=0)

    class Meta:
        verbose_name = "teruggekomen mail"
        verbose_name_plural = "teruggekomen mails"
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("day", "outcome"), name="people_returned_per_day"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.outcome}: {self.count}"
