"""Follows and bookmarks: a person's marks on pages, and whom the person follows."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from kpo.inbox.querysets import FollowQuerySet, PageMarkQuerySet
from kpo.pages.models import ReadablePage

# Django writes the name of the class in it, for each that has it.
ONE_PER_PAGE = models.UniqueConstraint(fields=["person", "page"], name="one_%(class)s_per_page")


class PageMark(models.Model):
    """One person's mark on a page; each kind says which page it is on."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="%(class)ss"
    )
    since = models.DateTimeField("sinds", auto_now_add=True)

    objects: ClassVar[Any] = PageMarkQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class Follow(PageMark):
    """The person wants to hear what changes on a page, or what `subject` publishes."""

    page = models.ForeignKey(
        ReadablePage, on_delete=models.CASCADE, null=True, related_name="%(class)ss"
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="followed_by",
        verbose_name="wie gevolgd wordt",
    )

    objects: ClassVar[Any] = FollowQuerySet.as_manager()

    class Meta(PageMark.Meta):
        verbose_name = "wat iemand volgt"
        verbose_name_plural = "wat iemand volgt"
        constraints = [
            ONE_PER_PAGE,
            models.UniqueConstraint(fields=["person", "subject"], name="one_follow_per_subject"),
            models.CheckConstraint(
                condition=models.Q(page=None) ^ models.Q(subject=None),
                name="follow_of_a_page_or_a_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("subject")), name="follow_of_another"
            ),
        ]


class Bookmark(PageMark):
    """The person wants to find the page again."""

    page = models.ForeignKey(ReadablePage, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta(PageMark.Meta):
        verbose_name = "bewaarde pagina"
        verbose_name_plural = "bewaarde pagina's"
        constraints = [ONE_PER_PAGE]
