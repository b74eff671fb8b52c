"""Follows and bookmarks: a person's marks on pages."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from kpo.inbox.querysets import PageMarkQuerySet
from kpo.pages.models import ReadablePage


class PageMark(models.Model):
    """One person's mark on one page."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="%(class)ss"
    )
    page = models.ForeignKey(ReadablePage, on_delete=models.CASCADE, related_name="%(class)ss")
    since = models.DateTimeField("sinds", auto_now_add=True)

    objects = PageMarkQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(fields=["person", "page"], name="one_%(class)s_per_page"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.page_id}"


class Follow(PageMark):
    """The person wants to hear what changes on the page."""

    class Meta(PageMark.Meta):
        verbose_name = "gevolgde pagina"
        verbose_name_plural = "gevolgde pagina's"


class Bookmark(PageMark):
    """The person wants to find the page again."""

    class Meta(PageMark.Meta):
        verbose_name = "bewaarde pagina"
        verbose_name_plural = "bewaarde pagina's"
