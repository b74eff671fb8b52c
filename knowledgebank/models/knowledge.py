"""What themes, documents and practices share: owner, review dates, change notes, readers' votes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager

from knowledgebank.forms import REASON_LENGTH
from knowledgebank.marks import marks_on
from knowledgebank.page_forms import KnowledgePageForm
from knowledgebank.querysets import SEATED, KnowledgePageQuerySet
from knowledgebank.upkeep import reads
from knowledgebank.vocabulary import ReviewState, Significance
from kpo.design.trust import Trust
from kpo.pages.editor_panels import PersonPanel
from kpo.pages.models import ReadablePage
from kpo.people.choices import Region
from kpo.people.models import Organisation
from kpo.people.reader import Reader

# A page may be looked at again at any moment; a year is what an editor gets without choosing.
DEFAULT_REVIEW_DAYS = 365


def default_review_date() -> date:
    return timezone.localdate() + timedelta(days=DEFAULT_REVIEW_DAYS)


class KnowledgePage(ReadablePage):
    """A page whose content can be judged: it has an owner, dates, and a state of review."""

    summary = models.TextField(
        "samenvatting",
        max_length=500,
        blank=True,
        help_text="Twee of drie zinnen. Lezers zien dit bovenaan, in lijsten en in zoekresultaten.",
    )
    short_names = ArrayField(
        models.CharField(max_length=80),
        verbose_name="korte namen",
        default=list,
        blank=True,
        help_text="Andere namen waaronder mensen dit zoeken, met komma's ertussen.",
    )
    themes = ParentalManyToManyField(
        "knowledgebank.ThemePage",
        verbose_name="thema's",
        blank=True,
        related_name="knowledge",
        help_text="Op deze themapagina's komt een verwijzing te staan.",
    )
    regions = ArrayField(
        models.CharField(max_length=40, choices=Region.choices),
        verbose_name="regio's",
        default=list,
        blank=True,
        help_text="Leeg: voor heel Nederland.",
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="eigenaar",
        help_text="Wie de inhoud bijhoudt en een bericht krijgt als iemand iets meldt.",
    )
    reviewed_on = models.DateField(
        "laatst nagekeken op", null=True, blank=True, help_text="Leeg: nog niet nagekeken."
    )
    review_due_on = models.DateField(
        "opnieuw nakijken voor",
        default=default_review_date,
        null=True,
        blank=True,
        db_index=True,
        help_text="Vanaf deze dag zien lezers dat de pagina opnieuw bekeken moet worden.",
    )
    # The release whose text the page shows, if that text was released; kept by `review.gate`.
    release = models.ForeignKey(
        "knowledgebank.Release",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    obsolete_since = models.DateField("verouderd sinds", null=True, blank=True, editable=False)
    obsolete_reason = models.CharField("reden", max_length=240, blank=True, editable=False)

    objects: ClassVar[Any] = PageManager.from_queryset(KnowledgePageQuerySet)()

    base_form_class = KnowledgePageForm
    exclude_fields_in_copy: ClassVar[list[str]] = [
        *ReadablePage.exclude_fields_in_copy,
        "release",
    ]
    is_creatable = False
    # The inbox tells, without naming what is closed.
    mails_workflow = False
    template = "knowledgebank/knowledge_page.html"

    review_panels = [
        MultiFieldPanel(
            [
                PersonPanel("responsible"),
                FieldPanel("reviewed_on"),
                FieldPanel("review_due_on"),
            ],
            heading="Wie houdt dit bij",
        ),
        InlinePanel("change_notes", heading="Wijzigingen", label="wijziging"),
    ]

    @property
    def trust(self) -> Trust | None:
        """The outcome of the review of the text that stands here, for the badge."""
        release = self.release
        if release is None or not release.is_reviewed:
            return None
        return Trust(
            reviewed_on=timezone.localdate(release.released_at),
            reviewed_by=release.told_of_reviewers,
            relevance=release.relevance,
            reliability=release.reliability,
            review_due_on=self.review_due_on,
        )

    @property
    def review_state(self) -> ReviewState:
        return ReviewState.REVIEWED if self.trust else ReviewState.UNREVIEWED

    def get_workflow(self) -> Any:
        """The way of reviewing that the board's rules give this page."""
        rules: Any = apps.get_model("knowledgebank", "ReviewRule")
        return rules.workflow_for(self, super().get_workflow())

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    @property
    def region_labels(self) -> list[str]:
        return [Region(region).label for region in self.regions]

    @property
    def is_review_overdue(self) -> bool:
        return self.review_due_on is not None and self.review_due_on < timezone.localdate()

    @property
    def is_obsolete(self) -> bool:
        return self.obsolete_since is not None

    def themes_for(self, reader: Reader) -> list[Any]:
        """The page's themes that the reader may read; in a preview those of the draft."""
        chosen = [theme.pk for theme in self.themes.all()]
        themes = type(self).themes.field.related_model.objects.visible_to(reader)
        return list(themes.filter(pk__in=chosen).order_by("title"))

    def with_content_json(self, content: dict[str, Any]) -> Any:
        page = super().with_content_json(content)
        # A state of the page and not of its text: a restored revision leaves it as it is.
        page.release_id = self.release_id
        page.obsolete_since = self.obsolete_since
        page.obsolete_reason = self.obsolete_reason
        return page

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        """Serve the page, and count that somebody read it; an editor's preview counts nothing."""
        response = super().serve(request, *args, **kwargs)
        if request.method == "GET" and not getattr(request, "is_preview", False):
            reads.note(self.pk)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what the page head shows: is it followed, is it kept, and the reader's own vote."""
        context = super().get_context(request, *args, **kwargs)
        person = context["reader"].person
        context |= marks_on(self, context["reader"])
        context["own_vote"] = (
            HelpfulVote.objects.filter(page=self, person=person).first() if person else None
        )
        context["change_notes"] = self.history
        context["has_seat"] = context["reader"].has_role(*SEATED)
        return context

    @cached_property
    def latest_changes(self) -> list[ChangeNote]:
        """The change notes, the latest first; asked once for the list and the contents."""
        notes = self.change_notes.select_related("organisation")
        return list(notes.order_by("-on", "-pk"))

    @cached_property
    def history(self) -> list[Any]:
        """Change notes, and when somebody found that the page still holds; the latest first."""
        if self.reviewed_on is None:
            # Nobody ever looked at it again: one query less for most pages.
            return list(self.latest_changes)
        confirmed: Any = self.confirmations.select_related("organisation")
        return sorted([*self.latest_changes, *confirmed], key=lambda one: one.on, reverse=True)


class ChangeNote(Orderable):
    """What changed on a page, when, and how much it matters."""

    page = ParentalKey(KnowledgePage, on_delete=models.CASCADE, related_name="change_notes")
    on = models.DateField("datum", default=timezone.localdate, help_text="De dag van de wijziging.")
    significance = models.CharField(
        "gewicht",
        max_length=10,
        choices=Significance.choices,
        default=Significance.CHANGED,
        help_text="Belangrijk: wie dit al kende, moet het opnieuw lezen.",
    )
    text = models.CharField(
        "wat er anders is", max_length=240, help_text="Eén zin, voor wie de pagina al kende."
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="door",
        help_text="De organisatie die de wijziging maakte.",
    )

    panels = [
        FieldPanel("on"),
        FieldPanel("significance"),
        FieldPanel("text"),
        FieldPanel("organisation"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "wijziging"


class HelpfulVote(models.Model):
    """One reader's answer to "Kon je hiermee verder?", on the revision that was read."""

    page = models.ForeignKey(KnowledgePage, on_delete=models.CASCADE, related_name="helpful_votes")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="helpful_votes"
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_helpful = models.BooleanField("kon hiermee verder")
    reason = models.CharField("reden", max_length=REASON_LENGTH, blank=True)
    voted_at = models.DateTimeField("moment", auto_now=True)

    class Meta:
        verbose_name = "antwoord van een lezer"
        verbose_name_plural = "antwoorden van lezers"
        constraints = [
            models.UniqueConstraint(fields=["page", "person"], name="one_vote_per_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {'ja' if self.is_helpful else 'nee'}"
