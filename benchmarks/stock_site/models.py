"""Plain Wagtail pages with the StreamFields of a theme page, shown by the very same template.

What the template needs is asked as the Wagtail handbook does it. No audiences, no Reader, no
panels; and nothing of what the platform does to save queries either.
"""

from __future__ import annotations

import uuid
from types import SimpleNamespace
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.blocks import CharBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, ReferenceIndex
from wagtail.search import index

from knowledgebank.blocks import (
    RICH_TEXT,
    InterventionBlock,
    ManifestationBlock,
    SignalBlock,
    StageBlock,
    VideoBlock,
)
from knowledgebank.theme_sections import Section
from knowledgebank.vocabulary import DocumentKind, Partner
from kpo.people.models import Organisation


class StockPage(Page):
    """What the template reads of any page, as values that never change."""

    uuid = models.UUIDField(default=uuid.uuid4)
    summary = models.TextField(blank=True)

    audience = "accounts"
    is_obsolete = False
    reviewed_on = review_due_on = None
    region_labels: ClassVar[list[str]] = []
    regions: ClassVar[list[str]] = []

    class Meta:
        abstract = True


class StockRoot(Page):
    pass


class StockTheme(StockPage):
    in_short = StreamField([("point", CharBlock())], blank=True)
    what = RichTextField(features=RICH_TEXT)
    manifestations = StreamField([("manifestation", ManifestationBlock())], blank=True)
    signals_intro = models.CharField(max_length=300, blank=True)
    signals = StreamField([("signal", SignalBlock())], blank=True)
    interventions = StreamField([("intervention", InterventionBlock())], blank=True)
    stages = StreamField([("stage", StageBlock())], blank=True)
    videos = StreamField([("video", VideoBlock())], blank=True)

    template = "knowledgebank/theme_page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        sections = {
            "interventions": [_intervention(block) for block in self.interventions],
            "documents": list(_about(StockDocument, self).select_related("publisher")),
            "practices": list(_about(StockPractice, self).select_related("organisation")),
            "experts": list(self.experts.select_related("person__organisation")),
            "change_notes": list(self.change_notes.select_related("organisation")),
            "backlinks": self._backlinks(),
        }
        return context | sections | {"contents": self._contents(sections)} | self._around(request)

    def _backlinks(self) -> list[Page]:
        usage = ReferenceIndex.get_references_to(self).values_list("object_id", flat=True)
        sources = [int(pk) for pk in usage.distinct()]
        pages = Page.objects.live().filter(pk__in=sources)
        return list(pages.not_type(StockDocument, StockPractice).order_by("title")[:20])

    def _contents(self, sections: dict[str, Any]) -> list[Section]:
        candidates = [
            ("wat-is-het", "Wat is het?", self.what),
            ("verschijningsvormen", "Verschijningsvormen", self.manifestations),
            ("signalen", "Signalen", self.signals),
            ("wat-kan-ik-doen", "Wat kan ik doen?", sections["interventions"]),
            ("barrieremodel", "Barrièremodel", self.stages),
            ("goede-voorbeelden", "Goede voorbeelden", sections["practices"]),
            ("documenten", "Documenten", sections["documents"]),
            ("videos", "Video's", self.videos),
            ("experts", "Experts en ambassadeurs", sections["experts"]),
            ("verwijzingen", "Wat hierheen verwijst", sections["backlinks"]),
            ("wijzigingen", "Wijzigingen", sections["change_notes"]),
        ]
        return [Section(anchor, label) for anchor, label, content in candidates if content]

    def _around(self, request: HttpRequest) -> dict[str, Any]:
        """Menu and breadcrumbs, which the same base template shows."""
        home = self.get_site().root_page
        menu = home.get_children().live().in_menu()
        above = self.get_ancestors().live().descendant_of(home)
        return {"menu": [_link(page, request) for page in menu], "crumbs": above}


class StockDocument(StockPage):
    """Found by title, summary and text, as the Wagtail handbook sets it up."""

    text = models.TextField(blank=True)
    themes = ParentalManyToManyField(StockTheme, blank=True)
    kind = models.CharField(max_length=40, choices=DocumentKind.choices)
    dated_on = models.DateField(null=True, blank=True)
    publisher = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True)

    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("text"),
    ]


class StockPractice(StockPage):
    themes = ParentalManyToManyField(StockTheme, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True)


class StockExpert(Orderable):
    page = ParentalKey(StockTheme, on_delete=models.CASCADE, related_name="experts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)


class StockChange(Orderable):
    page = ParentalKey(StockTheme, on_delete=models.CASCADE, related_name="change_notes")
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True)


def _about(model: Any, theme: StockTheme) -> Any:
    return model.objects.live().filter(themes=theme).order_by("-dated_on", "title")


def _intervention(block: Any) -> SimpleNamespace:
    value = dict(block.value)
    return SimpleNamespace(**value | {"id": block.id, "partner": Partner(value["partner"]).label})


def _link(page: Page, request: HttpRequest) -> SimpleNamespace:
    url = page.get_url(request)
    is_current = request.path.startswith(url)
    return SimpleNamespace(label=page.title, url=url, is_current=is_current)
