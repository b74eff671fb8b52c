"""A person who goes to work elsewhere, or gets another address."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from kpo.people.models.organisation import Organisation
from kpo.people.names import validate_address
from kpo.people.querysets import EmployerChangeQuerySet


class EmployerChange(models.Model):
    """First the new address is proven, then the new organisation confirms; only then it counts."""

    class Status(models.TextChoices):
        UNVERIFIED = "unverified", "wacht op bevestiging van het adres"
        VERIFIED = "verified", "wacht op de nieuwe organisatie"
        CONFIRMED = "confirmed", "gedaan"
        ENDED = "ended", "niet doorgegaan"

    OPEN = (Status.UNVERIFIED, Status.VERIFIED)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="employer_changes"
    )
    new_email = models.EmailField("nieuw e-mailadres", validators=[validate_address])
    new_organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="arrivals", verbose_name="nieuwe organisatie"
    )
    new_function = models.CharField("nieuwe functie", max_length=120, blank=True)
    old_organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="departures", verbose_name="vorige organisatie"
    )
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField("geldig tot")
    status = models.CharField("stand", max_length=12, choices=Status, default=Status.UNVERIFIED)
    requested_at = models.DateTimeField("gevraagd", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("besloten", null=True, blank=True)
    reason = models.TextField("reden", max_length=1000, blank=True)

    objects = EmployerChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "wisseling van werkgever"
        verbose_name_plural = "wisselingen van werkgever"
        ordering = ("-requested_at",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=models.Q(status__in=("unverified", "verified")),
                name="people_one_open_change",
            ),
        )

    def __str__(self) -> str:
        return f"Wisseling {str(self.uuid)[:8]}"

    @property
    def is_new_address_only(self) -> bool:
        return self.new_organisation_id == self.old_organisation_id
