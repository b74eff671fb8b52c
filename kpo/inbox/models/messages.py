"""Messages between people who know no address of each other."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from kpo.inbox.querysets import MessageQuerySet
from kpo.people.names import validate_text

LONGEST = 2000
LONGEST_REASON = 500


class Message(models.Model):
    """From one person to one other; administrators read it only when it was reported."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="sent_messages",
        verbose_name="afzender",
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="received_messages",
        verbose_name="voor",
    )
    text = models.TextField("bericht", max_length=LONGEST, validators=[validate_text])
    sent_at = models.DateTimeField("verstuurd", auto_now_add=True)
    reported_at = models.DateTimeField("gemeld", null=True, blank=True)
    report_reason = models.CharField("waarom gemeld", max_length=LONGEST_REASON, blank=True)
    handled_at = models.DateTimeField("melding afgehandeld", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht van een ander"
        verbose_name_plural = "berichten van anderen"
        ordering = ("-sent_at", "-pk")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=~Q(sender=models.F("recipient")), name="inbox_message_to_another"
            ),
            models.CheckConstraint(
                condition=Q(handled_at=None) | ~Q(reported_at=None),
                name="inbox_handled_was_reported",
            ),
        )

    def __str__(self) -> str:
        return f"Bericht {str(self.uuid)[:8]}"
