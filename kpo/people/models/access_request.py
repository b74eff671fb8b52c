"""A stranger's request for an account, to be decided by an administrator."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from kpo.people.models.invitation import Invitation
from kpo.people.names import validate_address, validate_name, validate_text
from kpo.people.querysets import AccessRequestQuerySet


class AccessRequest(models.Model):
    """Accepting one gives an invitation, never an account: the address is still to be proven."""

    class Status(models.TextChoices):
        OPEN = "open", "wacht op een besluit"
        ACCEPTED = "accepted", "toegekend"
        REJECTED = "rejected", "afgewezen"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField("e-mailadres", validators=[validate_address])
    first_name = models.CharField("voornaam", max_length=80, validators=[validate_name])
    last_name = models.CharField("achternaam", max_length=120, validators=[validate_name])
    organisation_name = models.CharField("organisatie", max_length=200, validators=[validate_name])
    function = models.CharField("functie", max_length=120, validators=[validate_name])
    motivation = models.TextField(
        "waarom je KPO wilt gebruiken", max_length=1000, validators=[validate_text]
    )
    requested_at = models.DateTimeField("gevraagd", auto_now_add=True)
    status = models.CharField("stand", max_length=10, choices=Status, default=Status.OPEN)
    reason = models.TextField("reden van het besluit", max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("besloten", null=True, blank=True)
    invitation = models.OneToOneField(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="access_request"
    )

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "aanvraag"
        verbose_name_plural = "aanvragen"
        ordering = ("-requested_at",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("email",),
                condition=models.Q(status="open"),
                name="people_one_open_request",
            ),
            models.CheckConstraint(
                condition=models.Q(status="open", decided_at=None)
                | (~models.Q(status="open") & ~models.Q(reason="") & ~models.Q(decided_at=None)),
                name="people_request_decided_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"Aanvraag {str(self.uuid)[:8]}"
