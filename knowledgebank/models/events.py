"""Events, and the feed with which somebody follows them in a calendar of one's own."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from knowledgebank.agenda import moments
from knowledgebank.agenda.overview import agenda
from knowledgebank.agenda.querysets import AgendaFeedQuerySet, EventQuerySet
from knowledgebank.blocks import BodyBlocks
from knowledgebank.marks import marks_on
from knowledgebank.models.themes import ThemePage
from knowledgebank.page_forms import KnowledgePageForm
from kpo.pages.models import ReadablePage
from kpo.people.choices import Region
from kpo.people.models import Organisation

web_address = URLValidator(schemes=["http", "https"])


class EventIndexPage(ReadablePage):
    """The agenda: what is to come by month, and what was."""

    intro = models.CharField(
        "inleiding", max_length=300, blank=True, help_text="Eén of twee zinnen boven de lijst."
    )

    content_panels = [*ReadablePage.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.HomePage"]
    subpage_types: ClassVar[list[str]] = ["knowledgebank.EventPage"]
    template = "knowledgebank/agenda/event_index_page.html"
    is_creatable = True
    max_count = 1

    class Meta:
        verbose_name = "agenda"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        reader = context["reader"]
        themes = ThemePage.objects.visible_to(reader).current()
        return context | agenda(EventPage.objects.visible_to(reader), themes, request)


class EventPage(ReadablePage):
    """Something to come to: a meeting, a training day, a webinar."""

    starts_at = models.DateTimeField("begin", help_text="Dag en tijd waarop het begint.")
    ends_at = models.DateTimeField("einde", help_text="Dag en tijd waarop het afgelopen is.")
    is_cancelled = models.BooleanField(
        "gaat niet door",
        default=False,
        help_text="De bijeenkomst blijft in de agenda staan, met de melding dat die niet doorgaat.",
    )
    summary = models.TextField(
        "samenvatting",
        max_length=400,
        help_text="Twee of drie zinnen. Staat ook in de agenda die mensen zelf bijhouden.",
    )
    intended_for = models.CharField(
        "voor wie",
        max_length=160,
        blank=True,
        help_text="In woorden, bijvoorbeeld: toezichthouders van gemeenten. "
        "Wie de pagina mag lezen, kies je apart.",
    )
    place = models.CharField(
        "plaats",
        max_length=160,
        blank=True,
        help_text="Gebouw en plaatsnaam. Leeg bij iets dat alleen online is.",
    )
    online_url = models.URLField(
        "link om online mee te doen",
        max_length=500,
        blank=True,
        validators=[web_address],
        help_text="Iedereen die de pagina mag lezen, ziet de link.",
    )
    registration_url = models.URLField(
        "link om je aan te melden",
        max_length=500,
        blank=True,
        validators=[web_address],
        help_text="Leeg: aanmelden hoeft niet.",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisator",
        help_text="De organisatie die het houdt.",
    )
    themes = ParentalManyToManyField(
        ThemePage,
        verbose_name="thema's",
        blank=True,
        related_name="events",
        help_text="Op deze themapagina's staat de bijeenkomst erbij zolang die nog komt.",
    )
    regions = ArrayField(
        models.CharField(max_length=40, choices=Region.choices),
        verbose_name="regio's",
        default=list,
        blank=True,
        help_text="Op de pagina's van deze regio's staat de bijeenkomst erbij.",
    )
    body = StreamField(
        BodyBlocks(required=False),
        verbose_name="programma",
        blank=True,
        help_text="Wat er gebeurt, wie er spreken en wat je meeneemt.",
    )

    objects: ClassVar[Any] = PageManager.from_queryset(EventQuerySet)()

    base_form_class = KnowledgePageForm
    is_creatable = True
    parent_page_types: ClassVar[list[str]] = ["knowledgebank.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "knowledgebank/agenda/event_page.html"

    content_panels = [
        *ReadablePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("starts_at"), FieldPanel("ends_at"), FieldPanel("is_cancelled")],
            heading="Wanneer",
        ),
        MultiFieldPanel(
            [FieldPanel("place"), FieldPanel("online_url"), FieldPanel("registration_url")],
            heading="Waar, en hoe je je aanmeldt",
        ),
        FieldPanel("summary"),
        FieldPanel("intended_for"),
        FieldPanel("organisation"),
        FieldPanel("body"),
        FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
        FieldPanel("regions", widget=forms.CheckboxSelectMultiple),
    ]

    class Meta:
        verbose_name = "bijeenkomst"
        verbose_name_plural = "bijeenkomsten"
        indexes = [models.Index(fields=["ends_at"], name="event_ends_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="event_ends_after_it_begins"
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": "Het einde ligt voor het begin."})
        if not (self.place or self.online_url):
            raise ValidationError({"place": "Vul een plaats in, of een link om mee te doen."})

    @property
    def is_past(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def period(self) -> str:
        return moments.period(self.starts_at, self.ends_at)

    @property
    def hours(self) -> str:
        return moments.hours(self.starts_at, self.ends_at)

    @property
    def short_month(self) -> str:
        return moments.short_month(self.starts_at)

    @property
    def where(self) -> str:
        """The place, or that it is online."""
        return self.place or "online"

    @property
    def region_labels(self) -> list[str]:
        return [Region(region).label for region in self.regions]

    def themes_for(self, reader: Any) -> list[Any]:
        """The event's themes that the reader may read; in a preview those of the draft."""
        chosen = [theme.pk for theme in self.themes.all()]
        return list(ThemePage.objects.visible_to(reader).filter(pk__in=chosen).order_by("title"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        reader = context["reader"]
        return context | marks_on(self, reader) | {"themes": self.themes_for(reader)}


class AgendaFeed(models.Model):
    """The link with which somebody's own calendar fetches the agenda.

    Who has the link reads what that person may read then. The digest recognizes it; the sealed
    secret shows it again to its owner. `access_key` is that of the person when it was made: where
    all sessions of a person end, this link does too.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="agenda_feed"
    )
    secret_digest = models.CharField(max_length=64, unique=True, editable=False)
    sealed_secret = models.CharField(max_length=300, editable=False)
    access_key = models.UUIDField(default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField("gemaakt", default=timezone.now)

    objects = AgendaFeedQuerySet.as_manager()

    class Meta:
        verbose_name = "link naar een eigen agenda"
        verbose_name_plural = "links naar een eigen agenda"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Agendalink {self.pk}"
