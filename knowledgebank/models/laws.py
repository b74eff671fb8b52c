"""Changes of the law and of case law, by which pages that rest on it are to be looked at again."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from knowledgebank.citations import citation_url
from knowledgebank.querysets import LawChangeQuerySet

LONGEST_WHAT = 500


class LawChange(models.Model):
    """That a law, an article or a ruling is not any more what pages rest on."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    identifier = models.CharField("kenmerk", max_length=120)
    what = models.CharField("wat er veranderde", max_length=LONGEST_WHAT)
    since = models.DateField("sinds")
    url = models.URLField("waar het staat", blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField("gemeld", auto_now_add=True)

    objects: ClassVar[Any] = LawChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "wijziging van een wet of uitspraak"
        verbose_name_plural = "wijzigingen van wetten en uitspraken"
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["identifier", "since"], name="one_change_per_day"),
        ]

    def __str__(self) -> str:
        return f"wijziging {str(self.uuid)[:8]}"

    @property
    def address(self) -> str:
        """Where to read it: what was given, else the public address of the law or ruling."""
        return self.url or citation_url(self.identifier)
