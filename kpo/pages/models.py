"""The page every page class inherits, and the site's furniture: menu and announcements."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from django.db import models, transaction
from django.http import Http404, HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Page, PageManager, PageViewRestriction
from wagtail.url_routing import RouteResult

from kpo.pages.editor_panels import AudiencePanel, CaseDataPanel
from kpo.pages.forms import ReadablePageForm
from kpo.pages.permissions import ReadablePermissionTester
from kpo.pages.querysets import ReadablePageQuerySet
from kpo.pages.signals import address_changed, went_live
from kpo.pages.site_roots import root_paths
from kpo.pages.snippets import AudienceSnippetForm
from kpo.pages.text_guard import refuse_case_data
from kpo.pages.tree_guard import check_place, check_publishable
from kpo.people import tokens
from kpo.people.fields import AudienceField
from kpo.people.querysets import AudienceQuerySet
from kpo.people.reader import current_reader

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.template.response import TemplateResponse

    from kpo.people.models import User


class ReadablePage(Page):
    """A page with an audience.

    `audience` is not part of a revision: restoring or publishing old content keeps the row's value.
    It is chosen when the page is made, and changes only through `actions.change_audience`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    audience = AudienceField()
    # Who may meet the page in the CMS while its audience is "nobody": the audience it had before,
    # or that of the page above it. Without it every editor could open a withdrawn closed page.
    working_audience = models.CharField(
        max_length=80,
        db_index=True,
        editable=False,
        default=tokens.NOBODY,
        db_default=tokens.NOBODY,
    )

    objects: ClassVar[Any] = PageManager.from_queryset(ReadablePageQuerySet)()

    base_form_class = ReadablePageForm
    mails_workflow = True
    exclude_fields_in_copy: ClassVar[list[str]] = ["uuid"]
    is_creatable = False

    content_panels = [
        FieldPanel("audience"),
        AudiencePanel(heading="Wie kan dit lezen"),
        CaseDataPanel(heading="Gegevens over personen"),
        *Page.content_panels,
    ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save after checking place and publication; raises ValidationError in Dutch."""
        before = self._stored_state()
        if before is None and self.alias_of_id is not None:
            # Wagtail copies every field to an alias; this one is a name of its own.
            self.uuid = uuid.uuid4()
        is_metadata_only = self._is_metadata_only(kwargs)
        # An alias follows its source in content only; with "nobody" it is live and read by no one.
        goes_live = (
            not is_metadata_only and self.alias_of_id is None and self._is_being_published(before)
        )
        if not is_metadata_only:
            self._check_audience(before, goes_live=goes_live)
        self._settle_working_audience(before)
        with transaction.atomic():
            super().save(*args, **kwargs)
            if before is not None and before["slug"] != self.slug:
                address_changed.send(sender=type(self), page=self)
            if goes_live:
                since = before["last_published_at"] if before is not None else None
                went_live.send(sender=type(self), page=self, since=since)

    def _is_metadata_only(self, kwargs: dict[str, Any]) -> bool:
        fields = kwargs.get("update_fields")
        return fields is not None and not {"audience", "live", "path"} & set(fields)

    def _stored_state(self) -> dict[str, Any] | None:
        if self.pk is None:
            return None
        fields = ("audience", "working_audience", "live", "last_published_at", "slug")
        return ReadablePage.objects.filter(pk=self.pk).values(*fields).first()

    def _check_audience(self, before: dict[str, Any] | None, *, goes_live: bool) -> None:
        if before is None or before["audience"] != self.audience:
            check_place(self, self.audience, self.get_parent())
        if goes_live:
            check_publishable(self)
            refuse_case_data(self)

    def _is_being_published(self, before: dict[str, Any] | None) -> bool:
        if not self.live:
            return False
        if before is None or not before["live"]:
            return True
        return before["last_published_at"] != self.last_published_at

    def _settle_working_audience(self, before: dict[str, Any] | None) -> None:
        if self.audience != tokens.NOBODY:
            self.working_audience = self.audience
        elif before is None:
            parent = self.get_parent()
            above = parent.specific_deferred if parent else None
            self.working_audience = getattr(above, "working_audience", tokens.PUBLIC)
        else:
            self.working_audience = before["working_audience"]

    def with_content_json(self, content: dict[str, Any]) -> Self:
        page = super().with_content_json(content)
        page.uuid = self.uuid
        page.audience = self.audience
        page.working_audience = self.working_audience
        return page

    def _get_site_root_paths(self, request: HttpRequest | None = None) -> list[Any]:
        # Wagtail drops this attribute when a slug changes, and expects to find it.
        paths = root_paths()
        vars(self if request is None else request)["_wagtail_cached_site_root_paths"] = paths
        return paths

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        # None can be set (see the tester), and Wagtail spends two queries per page on looking.
        return PageViewRestriction.objects.none()

    def permissions_for_user(self, user: User) -> ReadablePermissionTester:
        return ReadablePermissionTester(user, self)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Ask for the page below at once; Wagtail asks twice per level, with all their columns."""
        if path_components:
            found = ReadablePage.objects.at_path_below(self, path_components)
            below = found.only("content_type").first()
            if below is not None:
                return cast(RouteResult, below.specific.route(request, []))
        return cast(RouteResult, super().route(request, path_components))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        """Serve the page; raises Http404 for who does not hold its audience."""
        if not current_reader(request).holds(self.audience):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        reader = current_reader(request)
        above = ReadablePage.objects.visible_to(reader).between_home_and(self)
        return context | {"reader": reader, "crumbs": above}


class AnnouncementQuerySet(AudienceQuerySet):
    def current(self) -> Self:
        """Announcements whose period has begun and not ended."""
        now = timezone.now()
        started = models.Q(shown_from__isnull=True) | models.Q(shown_from__lte=now)
        not_over = models.Q(shown_until__isnull=True) | models.Q(shown_until__gt=now)
        return self.filter(started & not_over)


class Announcement(models.Model):
    """A sentence above every page, for who holds its audience."""

    class Tone(models.TextChoices):
        NOTICE = "notice", "Mededeling"
        WARNING = "warn", "Waarschuwing"

    text = models.CharField(
        "tekst", max_length=240, help_text="Eén zin, zoals die boven elke pagina komt te staan."
    )
    tone = models.CharField(
        "toon",
        max_length=10,
        choices=Tone.choices,
        default=Tone.NOTICE,
        help_text="Een waarschuwing krijgt een amberkleurige rand.",
    )
    audience = AudienceField()
    shown_from = models.DateTimeField(
        "zichtbaar vanaf", null=True, blank=True, help_text="Leeg: meteen."
    )
    shown_until = models.DateTimeField(
        "zichtbaar tot", null=True, blank=True, help_text="Leeg: tot je hem weghaalt."
    )

    objects = AnnouncementQuerySet.as_manager()

    base_form_class = AudienceSnippetForm

    panels = [
        FieldPanel("text"),
        FieldPanel("tone"),
        FieldPanel("audience"),
        FieldPanel("shown_from"),
        FieldPanel("shown_until"),
    ]

    class Meta:
        verbose_name = "mededeling"
        verbose_name_plural = "mededelingen"
        ordering = ["-shown_from", "-pk"]

    def __str__(self) -> str:
        return self.text


@register_setting(icon="list-ul")
class SiteFurniture(BaseSiteSetting, ClusterableModel):
    """The menu at the top and the links at the bottom of every page."""

    panels = [
        InlinePanel("menu_links", label="link", heading="Menu en voettekst"),
    ]

    class Meta:
        verbose_name = "menu en voettekst"


class MenuLink(Orderable):
    """A link to a page, shown to who may read that page."""

    class Place(models.TextChoices):
        HEADER = "header", "Menu bovenaan"
        FOOTER = "footer", "Onderaan de pagina"

    furniture = ParentalKey(SiteFurniture, on_delete=models.CASCADE, related_name="menu_links")
    place = models.CharField(
        "plaats",
        max_length=10,
        choices=Place.choices,
        default=Place.HEADER,
        help_text="Waar de link staat.",
    )
    label = models.CharField(
        "tekst", max_length=40, blank=True, help_text="Leeg: de titel van de pagina."
    )
    page = models.ForeignKey(
        ReadablePage,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="pagina",
        help_text="Wie de pagina niet mag lezen, ziet de link niet.",
    )

    panels = [FieldPanel("place"), FieldPanel("label"), FieldPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = "link"
