"""Many invitations at once: the lines of a file, what will happen with each, and what happened."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models

from kpo.people.models.organisation import Organisation
from kpo.people.querysets import InvitationListQuerySet


class InvitationList(models.Model):
    """One file that somebody handed in, for one organisation. Only the maker sees it."""

    class State(models.TextChoices):
        READ = "read", "gelezen, nog niet verstuurd"
        SENDING = "sending", "wordt verstuurd"
        DONE = "done", "klaar"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitation_lists"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name="organisatie"
    )
    made_at = models.DateTimeField("gemaakt", auto_now_add=True)
    state = models.CharField("stand", max_length=10, choices=State, default=State.READ)

    objects = InvitationListQuerySet.as_manager()

    class Meta:
        verbose_name = "lijst met uitnodigingen"
        verbose_name_plural = "lijsten met uitnodigingen"
        ordering = ("-made_at",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"Uitnodigingslijst {str(self.uuid)[:8]}"


class InvitationLine(models.Model):
    """One line of the file as it stood there, so that it can be given back to be repaired."""

    class State(models.TextChoices):
        READY = "ready", "wordt uitgenodigd"
        AGAIN = "again", "krijgt een nieuwe link"
        KNOWN = "known", "heeft al een account"
        WRONG = "wrong", "klopt niet"
        SENT = "sent", "uitgenodigd"
        FAILED = "failed", "niet gelukt"

    list = models.ForeignKey(InvitationList, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField("regel")
    email = models.CharField("e-mailadres", max_length=300, blank=True)
    first_name = models.CharField("voornaam", max_length=300, blank=True)
    last_name = models.CharField("achternaam", max_length=300, blank=True)
    organisation_name = models.CharField("organisatie", max_length=300, blank=True)
    state = models.CharField("stand", max_length=10, choices=State)
    # A sentence for the maker: why not, or what else to know.
    told = models.CharField("uitleg", max_length=300, blank=True)

    class Meta:
        verbose_name = "regel van een uitnodigingslijst"
        verbose_name_plural = "regels van een uitnodigingslijst"
        ordering = ("number",)
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=("list", "number"), name="people_line_once"),)

    def __str__(self) -> str:
        return f"Regel {self.number}"

    @property
    def is_wrong(self) -> bool:
        return self.state in (self.State.WRONG, self.State.FAILED)
