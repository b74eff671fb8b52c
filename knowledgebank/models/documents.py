"""Knowledge documents: their files with versions, and the law and rulings they cite."""

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
from knowledgebank.citations import citation_url, normalize_identifier
from knowledgebank.document_sections import document_list, document_sections
from knowledgebank.models.knowledge import KnowledgePage
from knowledgebank.querysets import KnowledgePageQuerySet
from knowledgebank.vocabulary import DocumentKind, Language
from kpo.pages.models import ReadablePage
from kpo.people import tokens
from kpo.people.models import Organisation


class DocumentIndexPage(ReadablePage):
    """All documents a reader may read, newest first."""

    intro = models.CharField(
        "inleiding", max_length=300, blank=True, help_text="Eén of twee zinnen boven de lijst."
    )

    content_panels = [*ReadablePage.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.HomePage"]
    subpage_types: ClassVar[list[str]] = ["knowledgebank.KnowledgeDocument"]
    template = "knowledgebank/document_index_page.html"
    is_creatable = True
    max_count = 1

    class Meta:
        verbose_name = "overzicht van documenten"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        documents = KnowledgeDocument.objects.visible_to(context["reader"]).current()
        return context | document_list(documents, request)


class KnowledgeDocument(KnowledgePage):
    """A document of the knowledge bank: what it is, who made it, and its files."""

    kind = models.CharField(
        "soort", max_length=30, choices=DocumentKind.choices, help_text="Wat voor document het is."
    )
    publisher = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="uitgever",
        help_text="De organisatie die het document maakte.",
    )
    dated_on = models.DateField(
        "datum", null=True, blank=True, help_text="De datum die op het document staat."
    )
    language = models.CharField(
        "taal",
        max_length=3,
        choices=Language.choices,
        default=Language.DUTCH,
        help_text="De taal van de tekst.",
    )
    body = StreamField(
        BodyBlocks(required=False),
        verbose_name="tekst",
        blank=True,
        help_text="Alleen als het document (ook) als webpagina te lezen is.",
    )

    objects: ClassVar[Any] = PageManager.from_queryset(KnowledgePageQuerySet)()

    is_creatable = True
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.DocumentIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledgebank/knowledge_document.html"
    glyph = "file-text"

    content_panels = [
        *ReadablePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("summary"),
        InlinePanel("files", heading="Bestanden", label="bestand"),
        FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
        FieldPanel("regions", widget=forms.CheckboxSelectMultiple),
        MultiFieldPanel(
            [FieldPanel("publisher"), FieldPanel("dated_on"), FieldPanel("language")],
            heading="Herkomst",
        ),
        FieldPanel("body"),
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
        verbose_name = "kennisdocument"
        verbose_name_plural = "kennisdocumenten"

    def readable_files(self) -> list[DocumentFile]:
        """The page's files, current ones first, that may be shown on a page with this audience."""
        rows = self.files.select_related("document").order_by("is_superseded", "sort_order", "pk")
        return [row for row in rows if row.may_show_on(self)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | document_sections(self, context["reader"])


class DocumentFile(Orderable):
    """One file of a document; an older version stays, marked as superseded."""

    page = ParentalKey(KnowledgeDocument, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.PROTECT,
        related_name="document_files",
        verbose_name="bestand",
        help_text="Sleep een bestand hierheen of kies er een.",
    )
    label = models.CharField(
        "omschrijving",
        max_length=120,
        blank=True,
        help_text="Bijvoorbeeld: bijlage 2, modelbesluit. Leeg: de naam van het bestand.",
    )
    version = models.CharField("versie", max_length=20, blank=True, help_text="Bijvoorbeeld: 2.1.")
    is_superseded = models.BooleanField(
        "oudere versie",
        default=False,
        help_text="Er is een nieuwere. Het bestand blijft te openen, onder ‘Eerdere versies’.",
    )

    panels = [
        FieldPanel("document"),
        FieldPanel("label"),
        FieldPanel("version"),
        FieldPanel("is_superseded"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "bestand"

    def may_show_on(self, page: ReadablePage) -> bool:
        """Whether the file is released, and everyone who may read `page` may read it too."""
        file = self.document
        return file.is_available and tokens.may_stand_under(page.audience, file.audience)


class Citation(Orderable):
    """A law article or ruling that a document rests on, by its identifier."""

    page = ParentalKey(KnowledgePage, on_delete=models.CASCADE, related_name="citations")
    identifier = models.CharField(
        "kenmerk",
        max_length=120,
        db_index=True,
        help_text="Een BWBR-nummer met artikel (BWBR0001941, artikel 13b) of een ECLI.",
    )
    label = models.CharField(
        "naam", max_length=120, help_text="Zoals mensen het noemen: artikel 13b Opiumwet."
    )

    panels = [FieldPanel("identifier"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = "verwijzing"

    def clean(self) -> None:
        super().clean()
        self.identifier = normalize_identifier(self.identifier)

    @property
    def url(self) -> str:
        return citation_url(self.identifier)
