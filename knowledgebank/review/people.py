"""Who takes part in a review: who wrote, who may judge, and why somebody may not."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from knowledgebank.models import Ambassador, KnowledgePage, Release, ReviewItem, ReviewTask
from knowledgebank.querysets import BOARD
from knowledgebank.review.content import fingerprint_of
from kpo.inbox.absences import acting_for, substitutes_of
from kpo.people.models import User
from kpo.people.reader import Reader

WROTE_IT = "Je hebt zelf aan deze tekst geschreven. Een ander moet hem beoordelen."
COLLEAGUE = (
    "Je werkt bij dezelfde organisatie als wie dit schreef. Iemand van een andere organisatie moet "
    "het beoordelen."
)
NOT_ASKED = "Alleen de redactieraad, een ambassadeur van het thema en wie gevraagd is beoordelen."


def authors_of(item: ReviewItem) -> list[User]:
    """Everyone who wrote anything since the last approved text, and who submitted it."""
    page: KnowledgePage = item.page
    last = Release.objects.filter(page=page, way=Release.Way.REVIEW).first()
    revisions = page.revisions.filter(user__isnull=False, pk__lte=item.revision_id)
    if last is not None and last.revision is not None:
        # The approved revision itself may have been written over afterwards.
        is_as_approved = fingerprint_of(last.revision) == last.fingerprint
        since = Q(pk__gt=last.revision_id) if is_as_approved else Q(pk__gte=last.revision_id)
        revisions = revisions.filter(since)
    wrote = Q(pk__in=revisions.values("user"))
    submitted = Q(pk=item.workflow_state.requested_by_id)
    return list(User.objects.filter(wrote | submitted).select_related("organisation"))


def appointed_of(page: KnowledgePage) -> QuerySet[Ambassador]:
    """Who was appointed for a theme of this page, or for the page if it is a theme."""
    themes = [theme.pk for theme in page.themes.all()]
    return Ambassador.objects.filter(theme__in=[*themes, page.pk])


def ambassadors_of(page: KnowledgePage, authors: Collection[User] = ()) -> set[int]:
    """The keys of who guard the page; of who is away the substitute too.

    Not the substitutes of `authors`: nobody chooses who judges an own text.
    """
    guarding = appointed_of(page).exclude(person__in=authors).values("person")
    return set(with_substitutes(guarding).values_list("pk", flat=True))


def with_substitutes(keys: QuerySet[Any]) -> QuerySet[User]:
    """The people with these keys, and who stand in today for those of them who are away."""
    own = User.objects.filter(pk__in=keys)
    return User.objects.filter(Q(pk__in=keys) | Q(pk__in=substitutes_of(own).values("pk")))


def readers_of(item: ReviewItem) -> QuerySet[User]:
    """Everyone who may follow or judge the item. Twin of `ReviewItemQuerySet.visible_to`."""
    page: KnowledgePage = item.page
    board = User.objects.active().with_role(*BOARD)
    concerned = {item.workflow_state.requested_by_id, page.responsible_id, *ambassadors_of(page)}
    asked = with_substitutes(item.assignments.values("person")).values("pk")
    among = Q(pk__in=board.values("pk")) | Q(pk__in=concerned - {None}) | Q(pk__in=asked)
    return User.objects.holding(page.working_audience).filter(among)


def may_see(reader: Reader, item: ReviewItem) -> bool:
    """Whether this reader may follow or judge the item."""
    return ReviewItem.objects.visible_to(reader).filter(pk=item.pk).exists()


def refusal(reader: Reader, item: ReviewItem) -> str:
    """Why this reader may not judge this item, as a sentence; empty if they may."""
    person = reader.person
    if person is None or not may_see(reader, item):
        return NOT_ASKED
    authors = authors_of(item)
    if person in authors:
        return WROTE_IT
    task: ReviewTask = item.task.specific
    places = {author.organisation_id for author in authors}
    writing = [author.pk for author in authors]
    if not task.colleagues_judge and person.organisation_id in places:
        return COLLEAGUE
    is_asked = (
        reader.has_role(*BOARD)
        or person.pk in ambassadors_of(item.page, authors)
        or item.assignments.filter(person__in=acting_for(person).exclude(pk__in=writing)).exists()
    )
    return "" if is_asked else NOT_ASKED
