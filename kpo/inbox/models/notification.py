"""One line in somebody's inbox."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models

from kpo.inbox.querysets import NotificationQuerySet


class Notification(models.Model):
    """That one person is to hear of one event; once, whatever is retried.

    It points at an item and holds codes: no title, name or text, which its reader may lose the
    right to. `mailed_at` is when it went out by mail, by itself or in a digest.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField("soort nieuws", max_length=60)
    event = models.CharField("gebeurtenis", max_length=120)
    item_type = models.CharField("soort onderwerp", max_length=40)
    item_uuid = models.UUIDField("onderwerp")
    space = models.CharField("community", max_length=80, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # Whose task it is, where the person of this row stands in.
    instead_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    facts = models.JSONField("bijzonderheden", default=dict)
    due_on = models.DateField("klaar voor", null=True)
    created_at = models.DateTimeField("wanneer", auto_now_add=True)
    read_at = models.DateTimeField("gelezen", null=True)
    mailed_at = models.DateTimeField("gemaild", null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["person", "kind", "event"], name="one_notification_per_event"
            ),
        )
        indexes = (
            models.Index(fields=["person", "-created_at"], name="inbox_of_person"),
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="inbox_unread"),
            models.Index(fields=["item_uuid"], name="inbox_item"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.event}"
