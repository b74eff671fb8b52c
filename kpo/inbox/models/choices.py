"""What a person chose about the inbox: by which way, of what no more, and who stands in."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kpo.inbox.channels import Channel
from kpo.inbox.querysets import AbsenceQuerySet, MuteQuerySet


class Preference(models.Model):
    """By which way a person hears of one kind of news.

    `space` is the token of a community for which the choice differs, or empty for everywhere.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="inbox_preferences"
    )
    kind = models.CharField("soort nieuws", max_length=60)
    space = models.CharField("community", max_length=80, blank=True)
    channel = models.CharField("hoe", max_length=10, choices=Channel)

    class Meta:
        verbose_name = "keuze voor berichten"
        verbose_name_plural = "keuzes voor berichten"
        constraints = (
            models.UniqueConstraint(
                fields=["person", "kind", "space"], name="one_preference_per_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.channel}"


class Mute(models.Model):
    """The person wants to hear no more of one item."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes"
    )
    item_type = models.CharField("soort", max_length=40)
    item_uuid = models.UUIDField("kenmerk")
    since = models.DateTimeField("sinds", auto_now_add=True)

    objects = MuteQuerySet.as_manager()

    class Meta:
        verbose_name = "gedempt onderwerp"
        verbose_name_plural = "gedempte onderwerpen"
        ordering = ("-since",)
        constraints = (
            models.UniqueConstraint(
                fields=["person", "item_type", "item_uuid"], name="one_mute_per_item"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.item_type} {self.item_uuid}"


class Absence(models.Model):
    """Days on which somebody else gets a person's tasks too; one period at a time."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absence"
    )
    since = models.DateField("eerste dag")
    until = models.DateField("laatste dag")
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="substituted_absences"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "afwezigheid"
        verbose_name_plural = "afwezigheid"
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_ends_after"),
            models.CheckConstraint(
                condition=~Q(person=F("substitute")), name="absence_names_another"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.since} - {self.until}"


class FirstVisit(models.Model):
    """The person went through the first steps, or did not want to."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="first_visit"
    )
    done_at = models.DateTimeField("wanneer", auto_now_add=True)
    was_skipped = models.BooleanField("overgeslagen", default=False)

    class Meta:
        verbose_name = "eerste bezoek"
        verbose_name_plural = "eerste bezoek"

    def __str__(self) -> str:
        return f"{self.person_id}"
