"""When pages were looked at again, and who was reminded of it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from knowledgebank.models.knowledge import KnowledgePage
from knowledgebank.models.themes import ThemePage
from knowledgebank.querysets import WorkListQuerySet
from kpo.people.models import Organisation

LONGEST_REASON = 240


class Confirmation(models.Model):
    """Somebody looked at a page and found that it still holds; readers see that in its history.

    It changes no text and no score: those are of a review.
    """

    page = models.ForeignKey(KnowledgePage, on_delete=models.CASCADE, related_name="confirmations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("datum", default=timezone.localdate)
    reason = models.CharField("waaruit dat blijkt", max_length=LONGEST_REASON)
    due_on = models.DateField("opnieuw nakijken voor")

    # How a list of changes shows it.
    significance = "confirmed"

    class Meta:
        verbose_name = "bevestiging dat een pagina klopt"
        verbose_name_plural = "bevestigingen dat pagina's kloppen"
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.on}"

    @property
    def text(self) -> str:
        return f"Nagekeken, en het klopt nog. {self.reason}"

    def get_significance_display(self) -> str:
        return "Klopt nog"


class ReminderStep(models.TextChoices):
    BEFORE = "before", "Een maand ervoor"
    ON_THE_DAY = "on-the-day", "Op de dag zelf"
    AFTER = "after", "Een maand erna"


class Reminder(models.Model):
    """That people were reminded to look at a page again; once for each step towards a date."""

    Step = ReminderStep

    page = models.ForeignKey(KnowledgePage, on_delete=models.CASCADE, related_name="reminders")
    due_on = models.DateField("opnieuw nakijken voor")
    step = models.CharField("stap", max_length=12, choices=Step)
    told_at = models.DateTimeField("wanneer", auto_now_add=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = "herinnering om iets na te kijken"
        verbose_name_plural = "herinneringen om iets na te kijken"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "due_on", "step"], name="one_reminder_each"),
            models.CheckConstraint(
                condition=models.Q(step__in=ReminderStep.values), name="reminder_step_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.due_on} {self.step}"


class ReadCount(models.Model):
    """How often a page was read on a day, by however many people; kept for two years."""

    page = models.ForeignKey(KnowledgePage, on_delete=models.CASCADE, related_name="read_counts")
    day = models.DateField("dag")
    times = models.PositiveIntegerField("keer gelezen")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = "aantal keer gelezen"
        verbose_name_plural = "aantallen keren gelezen"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "day"], name="one_count_per_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["day"], name="read_count_day")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.day}"


class WorkList(models.Model):
    """The work on one theme, as something that news can be about."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    theme = models.OneToOneField(ThemePage, on_delete=models.CASCADE, related_name="work_list")
    # The Monday of the week in which people were last told what is on it.
    told_in = models.DateField("laatst verteld in de week van", null=True)

    objects: ClassVar[Any] = WorkListQuerySet.as_manager()

    class Meta:
        verbose_name = "werklijst van een thema"
        verbose_name_plural = "werklijsten van thema's"

    def __str__(self) -> str:
        return f"werklijst {str(self.uuid)[:8]}"
