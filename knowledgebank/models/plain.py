"""Plain pages and news."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from knowledgebank.blocks import BodyBlocks
from kpo.pages.models import ReadablePage
from kpo.paging import page_of


class PlainPage(ReadablePage):
    """Running text: privacy, accessibility, cookies, about."""

    intro = models.TextField(
        "inleiding", max_length=400, blank=True, help_text="Twee of drie zinnen boven de tekst."
    )
    body = StreamField(BodyBlocks(), verbose_name="tekst", help_text="De tekst van de pagina.")

    content_panels = [*ReadablePage.content_panels, FieldPanel("intro"), FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.HomePage", "knowledgebank.PlainPage"]
    subpage_types: ClassVar[list[str]] = ["knowledgebank.PlainPage"]
    template = "knowledgebank/plain_page.html"
    is_creatable = True

    class Meta:
        verbose_name = "gewone pagina"
        verbose_name_plural = "gewone pagina's"


class NewsIndexPage(ReadablePage):
    """News, newest first."""

    content_panels = [*ReadablePage.content_panels]
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.HomePage"]
    subpage_types: ClassVar[list[str]] = ["knowledgebank.NewsPage"]
    template = "knowledgebank/news_index_page.html"
    is_creatable = True
    max_count = 1

    class Meta:
        verbose_name = "overzicht van nieuws"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.visible_to(context["reader"]).order_by("-dated_on", "-pk")
        context["news"] = page_of(news, request)
        return context


class NewsPage(ReadablePage):
    """A dated message."""

    dated_on = models.DateField(
        "datum", default=timezone.localdate, help_text="De datum die lezers zien."
    )
    intro = models.TextField(
        "inleiding", max_length=400, help_text="Eén of twee zinnen. Staat ook in de lijst."
    )
    body = StreamField(BodyBlocks(), verbose_name="tekst", help_text="Het bericht.")

    content_panels = [
        *ReadablePage.content_panels,
        FieldPanel("dated_on"),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledgebank/news_page.html"
    is_creatable = True

    class Meta:
        verbose_name = "nieuwsbericht"
        verbose_name_plural = "nieuwsberichten"
