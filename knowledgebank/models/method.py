"""How the editorial board judges: a method, its versions, and the criteria of each version."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

STEPS = 5


class Axis(models.TextChoices):
    """What is judged apart: useful knowledge may be poorly founded, and the other way around."""

    RELEVANCE = "relevance", "Relevantie"
    RELIABILITY = "reliability", "Betrouwbaarheid"


class MethodQuerySet(models.QuerySet["Method"]):
    def in_force(self) -> Self:
        return self.filter(versions__in_force_since__isnull=False).distinct()


class Method(models.Model):
    """A way of judging, such as the board's own; tasks of review say which they use."""

    name = models.CharField(
        "naam", max_length=80, unique=True, help_text="Hoe je de methode noemt."
    )

    objects = MethodQuerySet.as_manager()

    class Meta:
        verbose_name = "beoordelingsmethode"
        verbose_name_plural = "beoordelingsmethodes"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def draft(self) -> MethodVersion | None:
        """The version that the board is writing, if there is one."""
        return self.versions.filter(in_force_since__isnull=True).first()

    @property
    def current(self) -> MethodVersion | None:
        """The version that new appraisals are made with."""
        return self.versions.in_force().order_by("-number").first()


class MethodVersionQuerySet(models.QuerySet["MethodVersion"]):
    def in_force(self) -> Self:
        """What holds or held, without what the board is still writing."""
        return self.filter(in_force_since__isnull=False)


class MethodVersion(models.Model):
    """What the method said from some day on. Once in force it is never changed again: what was
    judged with it must stay readable as it was meant."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    method = models.ForeignKey(Method, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("versie")
    in_force_since = models.DateTimeField("geldt sinds", null=True, blank=True)
    note = models.CharField("wat er anders is", max_length=240, blank=True)
    changed_at = models.DateTimeField("laatst veranderd", auto_now=True)

    objects = MethodVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versie van een methode"
        verbose_name_plural = "versies van een methode"
        ordering: ClassVar = ["method", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["method", "number"], name="one_method_version"),
            models.UniqueConstraint(
                fields=["method"],
                condition=models.Q(in_force_since__isnull=True),
                name="one_draft_of_a_method",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method}, versie {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.in_force_since is None


class Criterion(models.Model):
    """One thing to judge on a scale of five, with the words of each step."""

    version = models.ForeignKey(MethodVersion, on_delete=models.CASCADE, related_name="criteria")
    axis = models.CharField("as", max_length=20, choices=Axis)
    name = models.CharField("criterium", max_length=80)
    question = models.CharField("vraag", max_length=240)
    # From 1, the worst, to 5.
    steps = ArrayField(models.CharField(max_length=160), size=STEPS, verbose_name="stappen")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "criterium"
        verbose_name_plural = "criteria"
        ordering: ClassVar = ["axis", "position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "name"], name="one_criterion_per_version"),
            models.CheckConstraint(
                condition=models.Q(axis__in=Axis.values), name="criterion_axis_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
