"""The rows of what open pages call the pages they link to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kpo.people import tokens

OPEN = (tokens.PUBLIC, tokens.ACCOUNTS)


class LinkText(models.Model):
    """The text of one link, from an open record to a page by its random id.

    No text of a closed record is ever here: the constraint holds what `links.note` promises.
    """

    source = models.CharField(max_length=90, db_index=True)
    audience = models.CharField(max_length=80)
    target = models.UUIDField(db_index=True)
    text = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(audience__in=OPEN), name="search_link_is_open")
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
