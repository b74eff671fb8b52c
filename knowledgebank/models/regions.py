"""The pages of the regions, with what is done there per theme."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable

from knowledgebank.blocks import BodyBlocks
from knowledgebank.marks import marks_on
from knowledgebank.models.events import web_address
from knowledgebank.models.themes import ThemePage
from knowledgebank.regions.sections import region_overview, region_sections
from kpo.pages.models import ReadablePage
from kpo.people.choices import Region
from kpo.people.models import Organisation


class RegionIndexPage(ReadablePage):
    """The map of the regions, with what a reader may read of each."""

    intro = models.CharField(
        "inleiding", max_length=300, blank=True, help_text="Eén of twee zinnen boven de kaart."
    )

    content_panels = [*ReadablePage.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.HomePage"]
    subpage_types: ClassVar[list[str]] = ["knowledgebank.RegionPage"]
    template = "knowledgebank/regions/region_index_page.html"
    is_creatable = True
    max_count = 1

    class Meta:
        verbose_name = "overzicht van regio's"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        reader = context["reader"]
        pages = RegionPage.objects.visible_to(reader)
        context["lines"] = region_overview(pages, Initiative.objects.all(), reader)
        return context


class RegionPage(ReadablePage):
    """One region: what goes on there, by theme, and what the knowledge bank has of it."""

    region = models.CharField(
        "regio", max_length=40, choices=Region.choices, help_text="Elke regio heeft één pagina."
    )
    summary = models.TextField(
        "samenvatting",
        max_length=400,
        blank=True,
        help_text="Twee of drie zinnen: wat er in deze regio speelt en wie er samenwerken.",
    )
    body = StreamField(
        BodyBlocks(required=False),
        verbose_name="tekst",
        blank=True,
        help_text="Wat een collega van elders over deze regio moet weten.",
    )

    is_creatable = True
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.RegionIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledgebank/regions/region_page.html"

    content_panels = [
        *ReadablePage.content_panels,
        FieldPanel("region"),
        FieldPanel("summary"),
        FieldPanel("body"),
        InlinePanel("initiatives", heading="Initiatieven", label="initiatief"),
    ]

    class Meta:
        verbose_name = "regiopagina"
        verbose_name_plural = "regiopagina's"

    def clean(self) -> None:
        super().clean()
        others = RegionPage.objects.filter(region=self.region, alias_of__isnull=True)
        if self.region and others.exclude(pk=self.pk).exists():
            raise ValidationError({"region": "Deze regio heeft al een pagina."})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        reader = context["reader"]
        return context | marks_on(self, reader) | region_sections(self, reader, request)


class Initiative(Orderable):
    """Something that partners in a region do together about a theme."""

    page = ParentalKey(RegionPage, on_delete=models.CASCADE, related_name="initiatives")
    title = models.CharField("naam", max_length=120, help_text="Hoe het initiatief heet.")
    what = models.TextField(
        "wat het is",
        max_length=600,
        help_text="Wat jullie doen en met wie, in een paar zinnen. Geen zaken, geen namen.",
    )
    theme = models.ForeignKey(
        ThemePage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="thema",
        help_text="Onder dit thema staat het op de pagina.",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="trekker",
        help_text="De organisatie die het trekt.",
    )
    since = models.DateField("sinds", null=True, blank=True, help_text="Wanneer het begon.")
    until = models.DateField(
        "tot", null=True, blank=True, help_text="Wanneer het stopt of stopte. Leeg: het loopt door."
    )
    link = models.URLField(
        "link",
        max_length=500,
        blank=True,
        validators=[web_address],
        help_text="Een pagina waar meer staat.",
    )
    contact = models.CharField(
        "bij wie je terechtkunt",
        max_length=120,
        blank=True,
        help_text="Een rol, geen naam. Bijvoorbeeld: de accounthouder van het RIEC.",
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("what"),
        FieldPanel("theme"),
        FieldPanel("organisation"),
        MultiFieldPanel([FieldPanel("since"), FieldPanel("until")], heading="Wanneer"),
        FieldPanel("link"),
        FieldPanel("contact"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "initiatief"
        verbose_name_plural = "initiatieven"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="initiative_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"Initiatief {self.pk}"

    def clean(self) -> None:
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": "Het einde ligt voor het begin."})

    @property
    def anchor(self) -> str:
        return f"initiatief-{slugify(self.title)}"

    @property
    def is_over(self) -> bool:
        return self.until is not None and self.until < timezone.localdate()
