"""The home page: search first, then what is new for this reader."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel

from knowledgebank.home_sections import home_sections
from kpo.pages.models import ReadablePage


class HomePage(ReadablePage):
    """The start of the site, made per reader."""

    question = models.CharField(
        "vraag boven het zoekvak",
        max_length=60,
        default="Wat zoek je?",
        help_text="Staat na de groet, boven het zoekvak.",
    )
    example = models.CharField(
        "voorbeeld in het zoekvak",
        max_length=80,
        default="Bijvoorbeeld: leegstaande schuur, Bibob, autoverhuur",
        help_text="Laat zien hoe kort een vraag mag zijn.",
    )

    content_panels = [
        *ReadablePage.content_panels,
        FieldPanel("question"),
        FieldPanel("example"),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    template = "knowledgebank/home_page.html"
    is_creatable = True
    max_count = 1

    class Meta:
        verbose_name = "startpagina"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | home_sections(context["reader"])
