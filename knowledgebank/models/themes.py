"""Theme pages and the barriers that themes share."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.blocks import CharBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, PageManager

from knowledgebank.blocks import (
    RICH_TEXT,
    InterventionBlock,
    ManifestationBlock,
    SignalBlock,
    StageBlock,
    VideoBlock,
)
from knowledgebank.models.knowledge import KnowledgePage
from knowledgebank.querysets import KnowledgePageQuerySet
from knowledgebank.theme_sections import theme_sections
from knowledgebank.vocabulary import Partner
from kpo.pages.editor_panels import PersonPanel
from kpo.pages.models import ReadablePage
from kpo.pages.snippets import AudienceSnippetForm
from kpo.people.fields import AudienceField
from kpo.people.querysets import AudienceQuerySet


class Barrier(models.Model):
    """What makes a criminal's step harder, and who can put it up. Themes may share one."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField("barrière", max_length=120, help_text="Wat er in de weg staat.")
    text = models.TextField(
        "uitleg",
        max_length=400,
        blank=True,
        help_text="Hoe de barrière werkt, in één of twee zinnen.",
    )
    partners = ArrayField(
        models.CharField(max_length=30, choices=Partner.choices),
        verbose_name="partners",
        default=list,
        help_text="Wie de barrière kan opwerpen.",
    )
    audience = AudienceField()

    objects = AudienceQuerySet.as_manager()

    base_form_class = AudienceSnippetForm

    class Meta:
        verbose_name = "barrière"
        verbose_name_plural = "barrières"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def partner_labels(self) -> list[str]:
        return [Partner(partner).label for partner in self.partners]


class ThemeIndexPage(ReadablePage):
    """All themes a reader may read."""

    intro = models.CharField(
        "inleiding", max_length=300, blank=True, help_text="Eén of twee zinnen boven de lijst."
    )

    content_panels = [*ReadablePage.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.HomePage"]
    subpage_types: ClassVar[list[str]] = ["knowledgebank.ThemePage"]
    template = "knowledgebank/theme_index_page.html"
    max_count = 1

    class Meta:
        verbose_name = "overzicht van thema's"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["themes"] = list(
            ThemePage.objects.visible_to(context["reader"]).current().order_by("title")
        )
        return context


class ThemePage(KnowledgePage):
    """One phenomenon: what it is, how to see it, who can do what."""

    in_short = StreamField(
        [
            (
                "point",
                CharBlock(
                    label="Punt",
                    max_length=160,
                    help_text="Eén zin die ook los van de rest te begrijpen is.",
                ),
            )
        ],
        verbose_name="in het kort",
        blank=True,
        max_num=4,
        help_text="Hooguit vier zinnen, voor wie weinig tijd heeft.",
    )
    what = RichTextField(
        "wat is het", features=RICH_TEXT, help_text="Uitleg voor wie het onderwerp niet kent."
    )
    manifestations = StreamField(
        [("manifestation", ManifestationBlock())],
        verbose_name="verschijningsvormen",
        blank=True,
        help_text="Hoe het zich laat zien.",
    )
    signals_intro = models.CharField(
        "inleiding bij de signalen",
        max_length=300,
        blank=True,
        default="Een signaal is geen bewijs. Zie je er meer, bespreek ze dan met een collega.",
        help_text="Eén of twee zinnen boven de signalen.",
    )
    signals = StreamField(
        [("signal", SignalBlock())],
        verbose_name="signalen",
        blank=True,
        help_text="Wat iemand kan zien, en waar.",
    )
    interventions = StreamField(
        [("intervention", InterventionBlock())],
        verbose_name="wat kan ik doen",
        blank=True,
        help_text="Per partner wat die kan doen, op welke grondslag.",
    )
    barrier_intro = models.CharField(
        "inleiding bij het barrièremodel",
        max_length=300,
        blank=True,
        help_text="Wat het model laat zien, in één zin.",
    )
    stages = StreamField(
        [("stage", StageBlock())],
        verbose_name="barrièremodel",
        blank=True,
        help_text="De stappen in volgorde, met per stap de barrières.",
    )
    videos = StreamField(
        [("video", VideoBlock())],
        verbose_name="video's",
        blank=True,
        help_text="Een eigen bestand of een link. Van andere sites wordt niets geladen.",
    )
    objects: ClassVar[Any] = PageManager.from_queryset(KnowledgePageQuerySet)()

    is_creatable = True
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.ThemeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledgebank/theme_page.html"
    glyph = "layers"

    content_panels = [
        *ReadablePage.content_panels,
        FieldPanel("summary"),
        FieldPanel("short_names"),
        FieldPanel("in_short"),
        FieldPanel("what"),
        FieldPanel("manifestations"),
        MultiFieldPanel([FieldPanel("signals_intro"), FieldPanel("signals")], heading="Signalen"),
        FieldPanel("interventions"),
        MultiFieldPanel(
            [FieldPanel("barrier_intro"), FieldPanel("stages")], heading="Barrièremodel"
        ),
        FieldPanel("videos"),
        InlinePanel("citations", heading="Wetsartikelen en uitspraken", label="verwijzing"),
        InlinePanel("experts", heading="Experts en ambassadeurs", label="persoon"),
        FieldPanel("regions", widget=forms.CheckboxSelectMultiple),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Inhoud"),
            ObjectList(KnowledgePage.review_panels, heading="Bijhouden"),
            ObjectList(Page.promote_panels, heading="Adres en vindbaarheid"),
            ObjectList(Page.settings_panels, heading="Planning"),
        ]
    )

    class Meta:
        verbose_name = "themapagina"
        verbose_name_plural = "themapagina's"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | theme_sections(self, context["reader"], request.GET.get("partner", ""))


class ThemeExpert(Orderable):
    """Somebody readers may ask; shown as far as that person's own profile allows."""

    page = ParentalKey(ThemePage, on_delete=models.CASCADE, related_name="experts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="persoon",
        help_text="Iemand met een account op KPO.",
    )
    role = models.CharField(
        "rol", max_length=60, help_text="Bijvoorbeeld: expert toezicht, of ambassadeur."
    )

    panels = [PersonPanel("person"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        verbose_name = "expert of ambassadeur"
