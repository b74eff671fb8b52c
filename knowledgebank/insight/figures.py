"""The figures: each counts the very rows that its link lists, under the reader's rights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.utils import timezone
from wagtail.models import TaskState

from knowledgebank.insight.small_groups import Group, told_by_region
from knowledgebank.models import Concern, KnowledgePage, Release, ReviewItem, ThemePage
from kpo.people import tokens
from kpo.people.choices import Region
from kpo.people.models import User
from kpo.people.reader import Reader
from search import insight
from search.insight import FEWEST

ACTIVE = timedelta(days=30)
YEAR = timedelta(days=365)
MOST = 10
Rows = Callable[["QuerySet[Any]"], "QuerySet[Any]"]


@dataclass(frozen=True)
class State:
    """How a page stands; `key` is what an address calls it."""

    key: str
    label: str
    is_bad: bool
    chosen: Rows


REVIEWED = Q(release__way=Release.Way.REVIEW)


def _due_before(pages: QuerySet[Any]) -> QuerySet[Any]:
    return pages.filter(review_due_on__lt=timezone.localdate())


STATES: tuple[State, ...] = (
    State("beoordeeld", "Beoordeeld", False, lambda pages: pages.filter(REVIEWED)),
    State("nog-niet", "Nog niet beoordeeld", False, lambda pages: pages.exclude(REVIEWED)),
    State("te-laat", "Had al nagekeken moeten zijn", True, _due_before),
    State(
        "binnenkort",
        "Opnieuw nakijken binnen drie maanden",
        False,
        lambda pages: pages.filter(
            review_due_on__gte=timezone.localdate(),
            review_due_on__lte=timezone.localdate() + timedelta(days=90),
        ),
    ),
    State(
        "twijfel",
        "Met een open melding",
        True,
        lambda pages: pages.filter(pk__in=Concern.objects.open().values("page")),
    ),
)


def _last_changed(after: timedelta | None, before: timedelta | None) -> Rows:
    """Pages whose text was last published between so long ago and so long ago."""

    def chosen(pages: QuerySet[Any]) -> QuerySet[Any]:
        now = timezone.now()
        if after is not None:
            pages = pages.filter(last_published_at__gte=now - after)
        return pages if before is None else pages.filter(last_published_at__lt=now - before)

    return chosen


AGES: tuple[State, ...] = (
    State("jong", "Jonger dan een jaar", False, _last_changed(YEAR, None)),
    State("ouder", "Een tot twee jaar oud", False, _last_changed(2 * YEAR, YEAR)),
    State("oud", "Ouder dan twee jaar", True, _last_changed(None, 2 * YEAR)),
)


@dataclass(frozen=True)
class Counted:
    state: State
    count: int


@dataclass(frozen=True)
class ThemeLine:
    """How much of what is about a theme is reviewed, beside what the board wants."""

    theme: ThemePage
    total: int
    reviewed: int
    goal: int | None

    @property
    def percent(self) -> int:
        return round(100 * self.reviewed / self.total) if self.total else 0

    @property
    def is_short(self) -> bool:
        return self.goal is not None and self.percent < self.goal


def pages_for(reader: Reader, theme: ThemePage | None = None) -> QuerySet[Any]:
    """Themes, documents and practices that lists show; of one theme that page itself as well."""
    pages = KnowledgePage.objects.visible_to(reader).current().filter(alias_of=None)
    return pages if theme is None else pages.with_theme(theme)


def content(reader: Reader) -> list[Counted]:
    pages = pages_for(reader)
    return [Counted(state, state.chosen(pages).count()) for state in STATES]


def ages(reader: Reader) -> list[Counted]:
    """How long ago the texts were last published."""
    pages = pages_for(reader)
    return [Counted(state, state.chosen(pages).count()) for state in AGES]


def most_read(reader: Reader) -> list[Any]:
    """The pages read most in the last month, each with `times`.

    Neither what was read a few times nor what a few people may read: that would tell who reads.
    """
    since = timezone.localdate() - ACTIVE
    month = Sum("read_counts__times", filter=Q(read_counts__day__gte=since))
    pages = pages_for(reader).annotate(times=month).filter(times__gte=FEWEST)
    ordered = pages.order_by("-times", "title").only("title", "url_path", "audience")
    closed = set(pages.order_by().values_list("audience", flat=True).distinct()) - tokens.OPEN
    few = [token for token in closed if User.objects.holding(token).count() < FEWEST]
    return list(ordered.exclude(audience__in=few)[:MOST])


def themes(reader: Reader) -> list[ThemeLine]:
    """In the order of titles, in one query for all of them and one for the themes."""
    titles = ThemePage.objects.visible_to(reader).current().order_by("title")
    rows = list(
        titles.select_related("goal").only("title", "slug", "uuid", "url_path", "audience", "goal")
    )
    pages = KnowledgePage.objects.visible_to(reader).current().filter(alias_of=None).order_by()
    about = pages.filter(themes__in=rows).values("themes").annotate(
        total=Count("pk", distinct=True), reviewed=Count("pk", distinct=True, filter=REVIEWED)
    )  # fmt: skip
    counts = {row["themes"]: (row["total"], row["reviewed"]) for row in about}
    reviewed_themes = pages.filter(REVIEWED, pk__in=[one.pk for one in rows])
    itself = set(reviewed_themes.values_list("pk", flat=True))
    found = []
    for one in rows:
        total, reviewed = counts.get(one.pk, (0, 0))
        goal = getattr(one, "goal", None)
        found.append(
            ThemeLine(one, total + 1, reviewed + (one.pk in itself), goal.percent if goal else None)
        )
    return found


@dataclass(frozen=True)
class Pace:
    """Days from first handing in to approval, in the last year; None where nothing was approved."""

    decided: int
    middle: int | None
    longest: int | None
    open: int


def _trips(items: QuerySet[Any]) -> Iterator[tuple[datetime, datetime]]:
    """From the first time that a text was handed in to its approval, over all rounds between."""
    begun: dict[int, datetime] = {}
    rounds = items.order_by("page", "pk").values_list("page", "status", "started_at", "finished_at")
    for page, status, started, finished in rounds:
        first = begun.setdefault(page, started)
        if status == TaskState.STATUS_APPROVED:
            yield first, finished
        if status in (TaskState.STATUS_APPROVED, TaskState.STATUS_CANCELLED):
            del begun[page]


def pace(reader: Reader) -> Pace:
    items = ReviewItem.objects.filter(page__working_audience__in=reader.audiences)
    since = timezone.now() - YEAR
    days = [(ended - begun).days for begun, ended in _trips(items) if ended >= since]
    return Pace(
        len(days),
        round(median(days)) if days else None,
        max(days, default=None),
        items.open().count(),
    )


@dataclass(frozen=True)
class Doubts:
    open: int
    oldest: Any
    outcomes: list[tuple[str, int]]


def doubts(reader: Reader) -> Doubts:
    """Of pages that this reader may read: what is open, and what came of the last year's."""
    queue = Concern.objects.filter(page__working_audience__in=reader.audiences)
    closed = queue.closed().filter(closed_at__gte=timezone.now() - YEAR).order_by()
    counted = closed.values("outcome").annotate(count=Count("pk")).order_by("-count", "outcome")
    is_open = queue.open().order_by()
    return Doubts(
        is_open.count(),
        is_open.aggregate(oldest=Min("made_at"))["oldest"],
        [(Concern.Outcome(row["outcome"]).label, row["count"]) for row in counted],
    )


@dataclass(frozen=True)
class Accounts:
    regions: list[Group]
    rest: int


def accounts() -> Accounts:
    """Who came by in the last month, by region and organisation; small groups are not told."""
    seen = User.objects.active().filter(last_active_on__gte=timezone.localdate() - ACTIVE)
    rows = seen.order_by().values_list("organisation__region", "organisation__name")
    counted = rows.annotate(count=Count("pk"))
    counts = {(Region(region).label, name): count for region, name, count in counted}
    return Accounts(*told_by_region(counts))


def in_vain(reader: Reader) -> list[insight.AskedLine]:
    """What five people or more asked this month and did not find, of themes that are open."""
    slugs = ThemePage.objects.visible_to(reader).values_list("slug", flat=True)
    month = timezone.localdate().replace(day=1)
    return insight.most(insight.lines(month, ["", *slugs]), "without_result", MOST)
