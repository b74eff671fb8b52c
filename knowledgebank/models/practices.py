"""Practices: what somebody did, what it took, what came of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
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
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager

from knowledgebank.blocks import BodyBlocks
from knowledgebank.models.knowledge import KnowledgePage
from knowledgebank.querysets import PracticeQuerySet
from kpo.pages.models import ReadablePage
from kpo.paging import page_of
from kpo.people import tokens
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
        context["practices"] = page_of(practices.with_attribution(), request)
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
    contact = models.CharField(
        "wie je iets kunt vragen",
        max_length=120,
        blank=True,
        help_text="Een functie of een team, geen adres of nummer.",
    )
    # What it was made of. A copy has it too: the submitter has a say in every page with that text.
    offer = models.ForeignKey(
        "knowledgebank.Offer",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="pages",
    )
    body = StreamField(
        BodyBlocks(),
        verbose_name="verhaal",
        help_text="Wat er gebeurde, en wat een ander ervan leert.",
    )

    objects: ClassVar[Any] = PageManager.from_queryset(PracticeQuerySet)()

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
                FieldPanel("contact"),
            ],
            heading="In het kort",
        ),
        FieldPanel("body"),
        InlinePanel("files", heading="Bestanden", label="bestand"),
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

    @property
    def attributed_to(self) -> str:
        """Who did this, as readers may know it: a name if its bearer wants that, and where."""
        name = self.offer.shown_name if self.offer is not None else ""
        place = self.organisation.name if self.organisation is not None else ""
        return ", ".join(part for part in (name, place) if part)

    def readable_files(self) -> list[PracticeFile]:
        """The files that may be shown on a page with this audience."""
        # A draft's files are a list in memory.
        return [row for row in self.files.all() if row.may_show_on(self)]

    def with_content_json(self, content: dict[str, Any]) -> Any:
        page = super().with_content_json(content)
        # Where it comes from is a fact of the page: no older text takes that away.
        page.offer_id = self.offer_id
        return page

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        files = self.readable_files()
        asked = self.offer.shown_contact if self.offer is not None else None
        return context | {
            "citations": list(self.citations.all()),
            "themes": self.themes_for(context["reader"]),
            "files": files,
            # Said without a name: the page may be wider than the file became.
            "missing_files": len(self.files.all()) - len(files),
            "asked": asked,
            "asked_profile": asked.shown_to_reader(context["reader"]) if asked else {},
        }


class PracticeFile(Orderable):
    """A file that goes with a practice."""

    page = ParentalKey(Practice, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.PROTECT,
        related_name="practice_files",
        verbose_name="bestand",
        help_text="Sleep een bestand hierheen of kies er een.",
    )
    label = models.CharField(
        "omschrijving",
        max_length=120,
        blank=True,
        help_text="Leeg: de naam van het bestand.",
    )

    panels = [FieldPanel("document"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = "bestand bij een praktijkvoorbeeld"

    def may_show_on(self, page: ReadablePage) -> bool:
        """Whether the file is released, and everyone who may read `page` may read it too."""
        file = self.document
        return file.is_available and tokens.may_stand_under(page.audience, file.audience)
