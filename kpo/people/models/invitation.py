"""An invitation: one account, for one address, at one organisation, for a limited time."""

import hashlib
import secrets
from uuid import uuid4

from django.conf import settings
from django.db import models

from kpo.people.models.organisation import Organisation
from kpo.people.names import validate_address, validate_name
from kpo.people.querysets import InvitationQuerySet

SECRET_BYTES = 32


def new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def digest(secret: str) -> str:
    """What is stored of a secret: enough to recognise it, useless to whoever reads the table."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Invitation(models.Model):
    """The secret in the mailed link proves the address; only its digest is kept."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    email = models.EmailField("e-mailadres", validators=[validate_address])
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="invitations", verbose_name="organisatie"
    )
    first_name = models.CharField("voornaam", max_length=80, blank=True, validators=[validate_name])
    last_name = models.CharField(
        "achternaam", max_length=120, blank=True, validators=[validate_name]
    )
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField("uitgenodigd", auto_now_add=True)
    expires_at = models.DateTimeField("geldig tot")
    accepted_at = models.DateTimeField("gebruikt", null=True, blank=True)
    accepted_by = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="accepted_invitation",
    )
    withdrawn_at = models.DateTimeField("ingetrokken", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        ordering = ("-invited_at",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("email", "organisation"),
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="people_one_open_invitation",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None),
                name="people_invitation_one_end",
            ),
        )

    def __str__(self) -> str:
        return f"Uitnodiging {str(self.uuid)[:8]}"
