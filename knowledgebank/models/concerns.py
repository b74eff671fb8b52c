"""Concerns: somebody doubts whether a passage still holds, and hears what came of it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from knowledgebank.models.knowledge import KnowledgePage
from knowledgebank.models.laws import LawChange
from knowledgebank.querysets import ConcernQuerySet

LONGEST_QUOTE, LONGEST_TEXT = 400, 1000


class ConcernReason(models.TextChoices):
    OUTDATED = "outdated", "Dit is verouderd"
    WRONG = "wrong", "Dit klopt niet"
    UNCLEAR = "unclear", "Dit is onduidelijk"
    MISSING = "missing", "Er ontbreekt iets"
    LINK = "link", "Een link of bestand werkt niet"
    LAW = "law", "Een wet of uitspraak is veranderd"


class ConcernOutcome(models.TextChoices):
    FIXED = "fixed", "De tekst is aangepast"
    STILL_RIGHT = "still-right", "Het klopt nog"
    IN_REVIEW = "in-review", "Een nieuwe tekst ligt bij de redactieraad"
    KNOWN = "known", "Dit was al bekend"
    NOT_OURS = "not-ours", "Hier kunnen wij niets mee"
    TAKEN_BACK = "taken-back", "Teruggenomen"


class Concern(models.Model):
    """That a passage of a page may not hold; open until it has an outcome."""

    Reason = ConcernReason
    Outcome = ConcernOutcome

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey(KnowledgePage, on_delete=models.CASCADE, related_name="concerns")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="concerns"
    )
    # Where it comes from a change of the law, and from no person.
    law = models.ForeignKey(LawChange, on_delete=models.CASCADE, null=True, related_name="concerns")
    # What readers had before them; the heading stays when the section is gone.
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    anchor = models.CharField("plek op de pagina", max_length=160, blank=True)
    heading = models.CharField("onderdeel", max_length=240, blank=True)
    quote = models.CharField("aangehaald", max_length=LONGEST_QUOTE, blank=True)
    reason = models.CharField("reden", max_length=20, choices=Reason)
    text = models.TextField("toelichting", max_length=LONGEST_TEXT, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="assigned_concerns",
    )
    outcome = models.CharField("uitkomst", max_length=20, choices=Outcome, blank=True)
    explanation = models.TextField("uitleg", max_length=LONGEST_TEXT, blank=True)
    made_at = models.DateTimeField("gemeld", auto_now_add=True)
    closed_at = models.DateTimeField("afgesloten", null=True)

    objects: ClassVar[Any] = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page", "person", "anchor", "quote"],
                condition=Q(outcome=""),
                name="one_open_concern_per_passage",
            ),
            models.UniqueConstraint(fields=["law", "page"], name="one_concern_per_change"),
            models.CheckConstraint(
                condition=Q(outcome="", closed_at=None)
                | (~Q(outcome="") & Q(closed_at__isnull=False)),
                name="concern_closes_with_an_outcome",
            ),
            # A reader's doubt or a change of the law, and never both.
            models.CheckConstraint(
                condition=(Q(law=None) & ~Q(reason=ConcernReason.LAW))
                | Q(law__isnull=False, person=None, reason=ConcernReason.LAW),
                name="concern_of_a_reader_or_of_a_law",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=ConcernReason.values), name="concern_reason_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *ConcernOutcome.values]),
                name="concern_outcome_is_known",
            ),
        ]

    def __str__(self) -> str:
        # Without the title, which may be closed: the log says this of it, and an export.
        return f"melding {str(self.uuid)[:8]}"

    @property
    def is_open(self) -> bool:
        return not self.outcome
