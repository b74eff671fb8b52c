"""The glossary: words of the field, explained in plain Dutch."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.text import slugify
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet

from kpo.pages.models import ReadablePage


@register_snippet
class GlossaryTerm(models.Model):
    """A word with its meaning. Shown wherever the glossary page may be read."""

    term = models.CharField(
        "woord", max_length=80, unique=True, help_text="Zoals mensen het zeggen."
    )
    abbreviation = models.CharField(
        "afkorting", max_length=20, blank=True, help_text="Bijvoorbeeld: Wgs."
    )
    meaning = models.TextField(
        "betekenis", max_length=600, help_text="In gewone woorden, in hooguit vier zinnen."
    )

    panels = [FieldPanel("term"), FieldPanel("abbreviation"), FieldPanel("meaning")]

    class Meta:
        verbose_name = "begrip"
        verbose_name_plural = "begrippen"
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    @property
    def anchor(self) -> str:
        return slugify(self.term)


class GlossaryPage(ReadablePage):
    """All terms, by first letter."""

    intro = models.CharField(
        "inleiding", max_length=300, blank=True, help_text="Eén of twee zinnen boven de lijst."
    )

    content_panels = [*ReadablePage.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledgebank/glossary_page.html"
    is_creatable = True
    max_count = 1

    class Meta:
        verbose_name = "begrippenlijst"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        letters: dict[str, list[GlossaryTerm]] = {}
        for term in GlossaryTerm.objects.all():
            letters.setdefault(term.term[0].upper(), []).append(term)
        context["letters"] = sorted(letters.items())
        return context
