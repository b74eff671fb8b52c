"""Who wants no messages from whom."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from kpo.people.querysets import BlockQuerySet


class Block(models.Model):
    """`person` is not in the directory for `blocked`, who cannot tell it from opting out."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocked_by")
    since = models.DateTimeField("sinds", auto_now_add=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = "blokkade"
        verbose_name_plural = "blokkades"
        ordering = ("-since",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("person", "blocked"), name="people_block_once"),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("blocked")), name="people_block_another"
            ),
        )

    def __str__(self) -> str:
        return f"Blokkade {str(self.uuid)[:8]}"
