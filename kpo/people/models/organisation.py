"""The organisations people work for."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower

from kpo.people.choices import Kind, Region, Sector
from kpo.people.names import validate_name
from kpo.people.querysets import OrganisationQuerySet

domain_name = RegexValidator(
    r"\A(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}\Z",
    "Schrijf een domein als gemeente.nl: kleine letters, zonder @ en zonder https.",
)


class Organisation(models.Model):
    """A public or private partner. Its kind decides whether its people hold `public-sector`."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(
        "naam",
        max_length=200,
        validators=[validate_name],
        help_text="De volledige naam, zoals Gemeente Utrecht.",
    )
    short_name = models.CharField(
        "korte naam",
        max_length=40,
        blank=True,
        validators=[validate_name],
        help_text="Voor lijsten en bij berichten. Leeg: de volledige naam.",
    )
    kind = models.CharField(
        "soort",
        max_length=10,
        choices=Kind,
        help_text="Alleen mensen van publieke partners lezen wat voor publieke partners is.",
    )
    sector = models.CharField("sector", max_length=30, choices=Sector)
    region = models.CharField(
        "regio",
        max_length=30,
        choices=Region,
        default=Region.NATIONAL,
        help_text="Kies Landelijk als geen regio past.",
    )
    email_domains = ArrayField(
        models.CharField(max_length=120, validators=[domain_name]),
        verbose_name="e-maildomeinen",
        default=list,
        blank=True,
        help_text="Alleen op deze domeinen nodigt de organisatie zelf mensen uit. "
        "Scheid domeinen met komma's. Leeg: elk domein mag.",
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(Lower("name"), name="people_organisation_name"),
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="people_organisation_kind"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        return self.kind == Kind.PUBLIC

    @property
    def called(self) -> str:
        """What to call it where room is scarce."""
        return self.short_name or self.name

    def owns_address(self, email: str) -> bool:
        """Whether an address is on one of its domains; without domains every address is."""
        domain = email.rpartition("@")[2].lower()
        return not self.email_domains or domain in self.email_domains

    def clean(self) -> None:
        doubles = {one for one in self.email_domains if self.email_domains.count(one) > 1}
        if doubles:
            raise ValidationError(
                {"email_domains": f"Dit domein staat er twee keer: {', '.join(sorted(doubles))}."}
            )
