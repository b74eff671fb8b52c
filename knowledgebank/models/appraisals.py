"""What reviewers said of a text, and the texts that were approved."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from knowledgebank.models.knowledge import KnowledgePage
from knowledgebank.models.method import STEPS, Criterion, MethodVersion
from knowledgebank.models.review import ReviewItem
from knowledgebank.querysets import AppraisalQuerySet
from kpo.people.choices import Sector
from kpo.people.models import Organisation


class Verdict(models.TextChoices):
    APPROVE = "approve", "Goedgekeurd"
    RETURN = "return", "Teruggestuurd"


class Appraisal(models.Model):
    """One reviewer's vote on one text, with scores and reasons.

    `fingerprint` says which text: Wagtail may write over a revision, and then its number stays.
    Organisation and sector are those of the day of the vote.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(ReviewItem, on_delete=models.CASCADE, related_name="appraisals")
    fingerprint = models.CharField(max_length=64)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="appraisals"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sector = models.CharField(max_length=30, choices=Sector)
    method = models.ForeignKey(MethodVersion, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField("oordeel", max_length=10, choices=Verdict)
    remark = models.TextField("toelichting", blank=True, max_length=2000)
    given_at = models.DateTimeField("gegeven op", auto_now_add=True)

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        verbose_name = "oordeel"
        verbose_name_plural = "oordelen"
        ordering: ClassVar = ["given_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "reviewer", "fingerprint"], name="one_appraisal_per_text"
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="appraisal_verdict_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.get_verdict_display()}"


class Score(models.Model):
    """What an appraisal gives one criterion, and why."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(
        "score", validators=[MinValueValidator(1), MaxValueValidator(STEPS)]
    )
    reason = models.CharField("waarom", max_length=500)

    class Meta:
        verbose_name = "score voor een criterium"
        ordering: ClassVar = ["criterion__axis", "criterion__position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appraisal", "criterion"], name="one_score_each"),
            models.CheckConstraint(
                condition=Q(value__gte=1, value__lte=STEPS), name="score_from_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.value}"


class SectionRemark(models.Model):
    """What must change in one section before the text can be approved."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="sections")
    anchor = models.CharField(max_length=160)
    heading = models.CharField("onderdeel", max_length=240)
    text = models.CharField("wat er anders moet", max_length=1000)

    class Meta:
        verbose_name = "vraag bij een onderdeel"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.heading


class ReleaseWay(models.TextChoices):
    REVIEW = "review", "Beoordeeld"
    IMPORT = "import", "Ingevoerd"


class Release(models.Model):
    """A text that may stand on the site: approved by the board, or let in by an operator.

    The badge of a page is that of the release whose text it shows.
    """

    Way = ReleaseWay

    page = models.ForeignKey(KnowledgePage, on_delete=models.CASCADE, related_name="releases")
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    fingerprint = models.CharField(max_length=64)
    way = models.CharField("hoe", max_length=10, choices=Way)
    item = models.ForeignKey(
        ReviewItem, on_delete=models.SET_NULL, null=True, related_name="releases"
    )
    released_at = models.DateTimeField("wanneer", auto_now_add=True)
    # A text of which the board took a part out does not come back without the board.
    revoked_at = models.DateTimeField("ingetrokken op", null=True, blank=True, editable=False)
    reviewers = models.PositiveSmallIntegerField("beoordelaars", default=0)
    organisations = models.PositiveSmallIntegerField("organisaties", default=0)
    relevance = models.PositiveSmallIntegerField("relevantie", null=True)
    reliability = models.PositiveSmallIntegerField("betrouwbaarheid", null=True)

    class Meta:
        verbose_name = "vrijgegeven tekst"
        verbose_name_plural = "vrijgegeven teksten"
        ordering: ClassVar = ["-released_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["page", "fingerprint"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(way__in=ReleaseWay.values), name="release_way_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.get_way_display()}"

    @property
    def is_reviewed(self) -> bool:
        return self.way == self.Way.REVIEW

    @property
    def told_of_reviewers(self) -> str:
        """How many judged it, as the badge says it."""
        people = "1 mens" if self.reviewers == 1 else f"{self.reviewers} mensen"
        places = (
            "1 organisatie" if self.organisations == 1 else f"{self.organisations} organisaties"
        )
        return f"{people} van {places}"
