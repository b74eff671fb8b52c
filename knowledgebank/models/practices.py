"""Practices: what somebody did, what it took, what came of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager

from knowledgebank.blocks import BodyBlocks
from knowledgebank.listing import page_of
from knowledgebank.models.knowledge import KnowledgePage
from knowledgebank.querysets import KnowledgePageQuerySet
from kpo.pages.models import ReadablePage
from kpo.people.models import Organisation


class PracticeIndexPage(ReadablePage):
    """All practices a reader may read."""

    intro = models.CharField(
        "inleiding", max_length=300, blank=True, help_text="Eén of twee zinnen boven de lijst."
    )

    content_panels = [*ReadablePage.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.HomePage"]
    subpage_types: ClassVar[list[str]] = ["knowledgebank.Practice"]
    template = "knowledgebank/practice_index_page.html"
    is_creatable = True
    max_count = 1

    class Meta:
        verbose_name = "overzicht van praktijkvoorbeelden"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        practices = Practice.objects.visible_to(context["reader"]).current().newest_first()
        context["practices"] = page_of(practices.select_related("organisation"), request)
        return context


class Practice(KnowledgePage):
    """An example from practice, with its attribution."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisatie",
        help_text="Wie dit deed.",
    )
    place = models.CharField(
        "plaats",
        max_length=80,
        blank=True,
        help_text="Waar het gebeurde, als dat genoemd mag worden.",
    )
    effort = models.CharField(
        "wat het kostte",
        max_length=240,
        blank=True,
        help_text="Mensen, uren, geld: zodat een ander kan inschatten of het lukt.",
    )
    outcome = models.CharField(
        "wat het opleverde", max_length=240, blank=True, help_text="Ook als het tegenviel."
    )
    body = StreamField(
        BodyBlocks(),
        verbose_name="verhaal",
        help_text="Wat er gebeurde, en wat een ander ervan leert.",
    )

    objects: ClassVar[Any] = PageManager.from_queryset(KnowledgePageQuerySet)()

    is_creatable = True
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.PracticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledgebank/practice.html"
    glyph = "lightbulb"

    content_panels = [
        *ReadablePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("place"),
                FieldPanel("effort"),
                FieldPanel("outcome"),
            ],
            heading="In het kort",
        ),
        FieldPanel("body"),
        FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
        FieldPanel("regions", widget=forms.CheckboxSelectMultiple),
        InlinePanel("citations", heading="Wetsartikelen en uitspraken", label="verwijzing"),
        FieldPanel("short_names"),
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
        verbose_name = "praktijkvoorbeeld"
        verbose_name_plural = "praktijkvoorbeelden"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["citations"] = list(self.citations.all())
        context["themes"] = self.themes_for(context["reader"])
        return context
