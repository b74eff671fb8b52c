"""Which knowledge exists for whom, and which of it lists show."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import Revision, TaskState

from kpo.inbox.absences import acting_for
from kpo.pages.querysets import ReadablePageQuerySet
from kpo.people.reader import Reader
from kpo.people.roles import Role

if TYPE_CHECKING:
    from knowledgebank.models import ThemePage
    from kpo.people.models import User


# A page class lies four tables deep: fetching all of it costs more than the list it is for.
LISTED = ("title", "url_path", "audience", "summary", "reviewed_on", "review_due_on", "release")

# Who judge for the board: its members, and partners who have no work in the CMS.
BOARD = (Role.BOARD_MEMBER, Role.BOARD_CHAIR, Role.REVIEWER)
# Who keep what is the board's own: its method, its agenda, its ambassadors.
SEATED = (Role.BOARD_MEMBER, Role.BOARD_CHAIR)


class KnowledgePageQuerySet(ReadablePageQuerySet):
    def current(self) -> Self:
        """Without what is obsolete: that stays reachable by link and leaves the lists."""
        return self.filter(obsolete_since__isnull=True)

    def obsolete(self) -> Self:
        return self.filter(obsolete_since__isnull=False)

    def about(self, theme: ThemePage) -> Self:
        """What names `theme` as one of its themes."""
        return self.filter(Q(themes=theme))

    def due_by(self, day: date) -> Self:
        """What is to be looked at again on or before this day, the most overdue first."""
        return self.filter(review_due_on__lte=day).order_by("review_due_on", "pk")

    def guarded_by(self, reader: Reader) -> Self:
        """Themes whose work is this reader's: all for the board, their own for ambassadors."""
        if reader.person is None:
            return self.none()
        themes = self.visible_to(reader)
        if reader.has_role(*BOARD):
            return themes
        return themes.filter(ambassadors__person__in=acting_for(reader.person)).distinct()

    def with_theme(self, theme: ThemePage) -> Self:
        """A theme and what names it as one of its own."""
        return self.filter(Q(pk=theme.pk) | Q(pk__in=theme.knowledge.order_by().values("pk")))

    def confirmable_by(self, reader: Reader) -> Self:
        """What this reader may say of that it still holds. Twin of `can_confirm`."""
        person = reader.person
        if person is None:
            return self.none()
        pages = self.visible_to(reader)
        if not reader.has_role(*BOARD):
            acting = acting_for(person)
            guarded = Q(themes__ambassadors__person__in=acting)
            pages = pages.filter(guarded | Q(themepage__ambassadors__person__in=acting))
        wrote = Revision.objects.filter(
            object_id=Cast(OuterRef("pk"), CharField()),
            base_content_type__app_label="wagtailcore",
            base_content_type__model="page",
            pk__lte=OuterRef("live_revision"),
        ).exclude(user=None)
        alone = Exists(wrote.filter(user=person)) & ~Exists(wrote.exclude(user=person))
        return pages.exclude(alone).distinct()

    def in_region(self, region: str) -> Self:
        return self.filter(regions__contains=[region])

    def as_listed(self, *more: str) -> Self:
        """With the columns that any list shows, and `more` of the class at hand."""
        return self.only(*LISTED, *more)

    def newest_first(self) -> Self:
        return self.order_by("-last_published_at", "-pk")


class PracticeQuerySet(KnowledgePageQuerySet):
    def with_attribution(self) -> Self:
        """With who did it, for lists that say so."""
        return self.select_related("organisation", "offer__person")


class ReviewItemQuerySet(models.QuerySet[Any]):
    """What is before the board. A role gives the work, the audience still decides what is seen."""

    def open(self) -> Self:
        return self.filter(status=TaskState.STATUS_IN_PROGRESS)

    def visible_to(self, reader: Reader) -> Self:
        """What this reader may follow or judge."""
        if reader.person is None:
            return self.none()
        held = self.filter(page__working_audience__in=reader.audiences)
        if reader.has_role(*BOARD):
            return held
        person = reader.person
        return held.filter(
            self.is_duty_of(person)
            | Q(workflow_state__requested_by=person)
            | Q(page__responsible=person)
        ).distinct()

    @staticmethod
    def is_duty_of(person: User) -> Q:
        """Taken up by the person or asked of them, or about a theme they guard; also as the
        substitute of who is away."""
        acting = acting_for(person)
        return (
            Q(assignments__person__in=acting)
            | Q(page__themes__ambassadors__person__in=acting)
            | Q(page__themepage__ambassadors__person__in=acting)
        )


class AppraisalQuerySet(models.QuerySet[Any]):
    def visible_to(self, reader: Reader) -> Self:
        """Own ones; those of others on a text that this reader has judged, or that is decided."""
        if reader.person is None:
            return self.none()
        own = self.filter(reviewer=reader.person, item=OuterRef("item"))
        own = own.filter(fingerprint=OuterRef("fingerprint"))
        decided = ~Q(item__status=TaskState.STATUS_IN_PROGRESS)
        items = self.model._meta.get_field("item").related_model.objects.visible_to(reader)
        return self.filter(item__in=items).filter(Exists(own) | decided)


class ConcernQuerySet(models.QuerySet[Any]):
    """What people doubt. The audience of the page decides what of it is seen, by whomever."""

    def open(self) -> Self:
        return self.filter(outcome="")

    def closed(self) -> Self:
        return self.exclude(outcome="")

    def by(self, person: User) -> Self:
        return self.filter(person=person)

    def dealt_with_by(self, reader: Reader) -> Self:
        """The queue: all for the board; for others of their themes, their pages, or handed over."""
        if reader.person is None:
            return self.none()
        held = self.filter(page__working_audience__in=reader.audiences)
        if reader.has_role(*BOARD):
            return held
        acting = acting_for(reader.person)
        return held.filter(
            Q(assignee__in=acting)
            | Q(page__responsible=reader.person)
            | Q(page__themes__ambassadors__person__in=acting)
            | Q(page__themepage__ambassadors__person__in=acting)
        ).distinct()

    def visible_to(self, reader: Reader) -> Self:
        """The queue, and one's own on pages that one may still read."""
        if reader.person is None:
            return self.none()
        queue = self.model.objects.dealt_with_by(reader).order_by()
        own = Q(person=reader.person, page__live=True, page__audience__in=reader.audiences)
        return self.filter(Q(pk__in=queue.values("pk")) | own)


class LawChangeQuerySet(models.QuerySet[Any]):
    def visible_to(self, reader: Reader) -> Self:
        """Those by which something came in the queue of this reader: that a closed page rests on a
        law is for who deals with that page."""
        concerns: Any = self.model._meta.get_field("concerns").related_model.objects
        queue = concerns.dealt_with_by(reader).order_by()
        return self.filter(pk__in=queue.exclude(law=None).values("law"))


class WorkListQuerySet(models.QuerySet[Any]):
    def visible_to(self, reader: Reader) -> Self:
        """Of every theme for the board, of their own for ambassadors."""
        themes: Any = self.model._meta.get_field("theme").related_model.objects
        return self.filter(theme__in=themes.guarded_by(reader).order_by().values("pk"))
