"""Circles: named sets of people to whom a document can be given, resolved when they come in."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from kpo.people import tokens
from kpo.people.names import validate_name, validate_text
from kpo.people.querysets import CircleQuerySet


class Circle(models.Model):
    """A named set: everyone in one of its parts, and whoever was added by name."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(
        "naam",
        max_length=80,
        validators=[validate_name],
        help_text="Lezers zien deze naam bij alles wat voor de kring is.",
    )
    purpose = models.TextField("waarvoor", max_length=500, blank=True, validators=[validate_text])

    objects = CircleQuerySet.as_manager()

    class Meta:
        verbose_name = "kring"
        verbose_name_plural = "kringen"
        ordering = ("name",)
        constraints = (models.UniqueConstraint(Lower("name"), name="people_circle_name"),)

    def __str__(self) -> str:
        return self.name

    @property
    def token(self) -> str:
        return tokens.circle_token(self.uuid)


class CirclePart(models.Model):
    """One condition of a circle: a kind (sector, organisation, role, …) and the value it has."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="parts", verbose_name="kring")
    kind = models.CharField("soort", max_length=30)
    value = models.CharField("waarde", max_length=80)

    class Meta:
        verbose_name = "deel van een kring"
        verbose_name_plural = "delen van een kring"
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "value", "circle"), name="people_circle_part_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"


class CircleGrant(models.Model):
    """One person added to a circle by name; ends when that person changes employer."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="grants", verbose_name="kring")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="circle_grants"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    granted_at = models.DateTimeField("sinds", auto_now_add=True)

    class Meta:
        verbose_name = "toevoeging aan een kring"
        verbose_name_plural = "toevoegingen aan een kring"
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("person", "circle"), name="people_circle_grant_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.circle_id}"
