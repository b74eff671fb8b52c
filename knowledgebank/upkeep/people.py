"""Who keeps a page true: its owner, the ambassadors of its themes, and the board."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from knowledgebank.models import Concern, KnowledgePage, WorkList
from knowledgebank.querysets import BOARD
from knowledgebank.review.people import ambassadors_of, with_substitutes
from kpo.people.models import User
from kpo.people.reader import Reader
from kpo.people.roles import Role


def keepers_of(page: KnowledgePage) -> QuerySet[User]:
    """Owner and ambassadors, as far as they may read the page; the board where there is none."""
    named = {page.responsible_id, *ambassadors_of(page)} - {None}
    keepers = User.objects.holding(page.working_audience).filter(pk__in=named)
    return keepers if keepers.exists() else board_of(page)


def board_of(page: KnowledgePage) -> QuerySet[User]:
    return User.objects.holding(page.working_audience).with_role(*BOARD)


def readers_of(concern: Concern) -> QuerySet[User]:
    """Everyone who may see the concern. Twin of `ConcernQuerySet.visible_to`."""
    page: KnowledgePage = concern.page
    board = User.objects.active().with_role(*BOARD)
    named = {page.responsible_id, *ambassadors_of(page)} - {None}
    taken_up = with_substitutes(User.objects.filter(pk=concern.assignee_id).values("pk"))
    dealing = User.objects.holding(page.working_audience).filter(
        Q(pk__in=board.values("pk")) | Q(pk__in=named) | Q(pk__in=taken_up.values("pk"))
    )
    among = Q(pk__in=dealing.values("pk"))
    if page.live:
        own = User.objects.holding(page.audience).filter(pk=concern.person_id)
        among |= Q(pk__in=own.values("pk"))
    return User.objects.filter(among)


def may_deal_with(reader: Reader, concern: Concern) -> bool:
    return Concern.objects.dealt_with_by(reader).filter(pk=concern.pk).exists()


def can_confirm(reader: Reader, page: KnowledgePage) -> bool:
    """Say that a page still holds: the board and its ambassadors, but nobody of what that person
    alone wrote. Twin of `KnowledgePageQuerySet.confirmable_by`."""
    person = reader.person
    if person is None or not page.live or not reader.holds(page.audience):
        return False
    if not reader.has_role(*BOARD) and person.pk not in ambassadors_of(page):
        return False
    revisions = page.revisions.filter(user__isnull=False, pk__lte=page.live_revision_id or 0)
    return set(revisions.values_list("user", flat=True)) != {person.pk}


def can_mark_law(reader: Reader) -> bool:
    """Say that a law article or a ruling has changed: the board and ambassadors."""
    return reader.has_role(*BOARD, Role.AMBASSADOR)


def guards_of(work: WorkList) -> QuerySet[User]:
    """Whose work it is. Twin of `WorkListQuerySet.visible_to`."""
    theme = work.theme
    if not theme.live:
        return User.objects.none()
    board = User.objects.active().with_role(*BOARD)
    own = with_substitutes(theme.ambassadors.values("person")).values("pk")
    among = Q(pk__in=board.values("pk")) | Q(pk__in=own)
    return User.objects.holding(theme.audience).filter(among)
