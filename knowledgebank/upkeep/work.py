"""The work on one theme, in six lists, each row with one thing to do; under a reader's rights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils import timezone

from knowledgebank.models import (
    Concern,
    HelpfulVote,
    KnowledgePage,
    Release,
    ReviewItem,
    ThemePage,
)
from kpo.design import dutch
from kpo.people.reader import Reader
from search import insight

AHEAD = timedelta(days=30)
READ_IN_DAYS = 90
MOST_SHOWN, MOST_EXPORTED = 10, 1000
REASONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do: what it is about, why, and where to do it."""

    title: str
    audience: str
    note: str
    action: str
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of the lists; `total` may be more than its rows."""

    key: str
    heading: str
    empty: str
    rows: list[Row]
    total: int


Found = tuple[Iterable[Row], int]


def parts_for(reader: Reader, theme: ThemePage, most: int = MOST_SHOWN) -> list[Part]:
    found = []
    for key, heading, empty, look in PARTS:
        rows, total = look(reader, theme, most)
        found.append(Part(key, heading, empty, list(rows), total))
    return found


def pages_of(reader: Reader, theme: ThemePage) -> Any:
    return (
        KnowledgePage.objects.visible_to(reader).filter(alias_of=None).current().with_theme(theme)
    )


def _about(rows: Any, theme: ThemePage) -> Any:
    """Rows with a page that is this theme or names it."""
    return rows.filter(Q(page=theme.pk) | Q(page__in=theme.knowledge.order_by().values("pk")))


def _to_review(reader: Reader, theme: ThemePage, most: int) -> Found:
    items = _about(ReviewItem.objects.visible_to(reader).open(), theme)
    rows = items.select_related("page").order_by("due_on", "pk")[:most]
    return (
        Row(
            item.page.draft_title or item.page.title,
            item.page.working_audience,
            f"Klaar voor {dutch.day(item.due_on)}",
            "Beoordeel",
            reverse("knowledgebank:review_item", args=[item.uuid]),
        )
        for item in rows
    ), items.count()


def _due(reader: Reader, theme: ThemePage, most: int) -> Found:
    pages = pages_of(reader, theme).due_by(timezone.localdate() + AHEAD)
    return (
        _row(page, f"Nakijken voor {dutch.day(page.review_due_on)}", "Kijk na",
             reverse("knowledgebank:due"))
        for page in pages[:most]
    ), pages.count()  # fmt: skip


def _doubted(reader: Reader, theme: ThemePage, most: int) -> Found:
    concerns = _about(Concern.objects.dealt_with_by(reader).open(), theme)
    return (
        Row(
            concern.page.title,
            concern.page.working_audience,
            ", ".join(part for part in (concern.get_reason_display(), concern.heading) if part),
            "Handel af",
            reverse("knowledgebank:concern", args=[concern.uuid]),
        )
        for concern in concerns.select_related("page")[:most]
    ), concerns.count()


def _unhelpful(reader: Reader, theme: ThemePage, most: int) -> Found:
    """Answers about the text that stands there now: a new text begins anew."""
    current = Q(helpful_votes__revision=F("live_revision"))
    pages = pages_of(reader, theme).annotate(
        unhelpful=Count("helpful_votes", filter=current & Q(helpful_votes__is_helpful=False)),
        answers=Count("helpful_votes", filter=current),
    )
    pages = pages.filter(unhelpful__gt=0).order_by("-unhelpful", "pk")
    shown = list(pages[:most])
    reasons = _reasons_of(shown)
    return (
        _row(page, _told_of(page, reasons.get(page.pk, [])), "Meld wat er mist",
             reverse("knowledgebank:raise_concern", args=[page.uuid]))
        for page in shown
    ), pages.count()  # fmt: skip


def _reasons_of(pages: list[Any]) -> dict[int, list[str]]:
    """Per page what readers of its present text wrote, the latest first."""
    said = HelpfulVote.objects.filter(
        page__in=pages, revision=F("page__live_revision"), is_helpful=False
    )
    reasons: dict[int, list[str]] = {}
    rows = said.exclude(reason="").order_by("-voted_at", "-pk")
    for page, reason in rows.values_list("page", "reason"):
        reasons.setdefault(page, []).append(reason)
    return reasons


def _told_of(page: Any, reasons: list[str]) -> str:
    counted = f"{page.unhelpful} van {page.answers} lezers konden hier niet verder"
    return ". ".join([counted, *reasons[:REASONS_SHOWN]])


def _read(reader: Reader, theme: ThemePage, most: int) -> Found:
    """Most read, of what no board has judged."""
    since = timezone.localdate() - timedelta(days=READ_IN_DAYS)
    pages = pages_of(reader, theme).exclude(release__way=Release.Way.REVIEW)
    pages = pages.annotate(
        times=Sum("read_counts__times", filter=Q(read_counts__day__gte=since), default=0)
    )
    pages = pages.filter(times__gt=0).order_by("-times", "pk")
    return (
        _row(page, f"{dutch.number(page.times)} keer gelezen in {READ_IN_DAYS} dagen",
             "Lees", page.url)
        for page in pages[:most]
    ), pages.count()  # fmt: skip


def _row(page: Any, note: str, action: str, url: str) -> Row:
    return Row(page.title, page.audience, note, action, url)


def _sought(reader: Reader, theme: ThemePage, most: int) -> Found:
    """Of who asked within the theme, this month and the former: other questions without an answer
    belong to no theme. What fewer than five people asked on a day has no words."""
    lines = [line for month in insight.months()[:2] for line in insight.lines(month, [theme.slug])]
    found = insight.most(lines, "without_result", MOST_EXPORTED)
    return (
        Row(
            line.text,
            theme.audience,
            f"{dutch.number(line.without_result)} keer zonder resultaat",
            "Zoek het zelf",
            f"{reverse('search:page')}?{urlencode({'q': line.text, 'thema': theme.slug})}",
        )
        for line in found[:most]
    ), len(found)


Look = Callable[[Reader, ThemePage, int], Found]
PARTS: tuple[tuple[str, str, str, Look], ...] = (
    ("beoordelen", "Te beoordelen", "Er ligt niets bij de redactieraad.", _to_review),
    ("nakijken", "Na te kijken", "Niets hoeft binnen een maand te worden nagekeken.", _due),
    ("meldingen", "Meldingen", "Niemand twijfelt ergens aan.", _doubted),
    ("niet-verder", "Hier konden lezers niet mee verder", "Niemand zei dat.", _unhelpful),
    ("gelezen", "Veel gelezen, niet beoordeeld", "Wat gelezen wordt, is beoordeeld.", _read),
    ("gezocht", "Gezocht zonder resultaat", "Geen zoekvraag bleef hier zonder antwoord.", _sought),
)


# --- Counts -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is to do on a theme, in the three lists that wait for somebody."""

    review: int
    due: int
    concerns: int

    @property
    def total(self) -> int:
        return self.review + self.due + self.concerns

    def __iter__(self) -> Iterator[tuple[int, str]]:
        yield self.review, "te beoordelen"
        yield self.due, "na te kijken"
        yield self.concerns, "melding" if self.concerns == 1 else "meldingen"


def counts_for(reader: Reader, themes: Iterable[ThemePage]) -> dict[int, Counts]:
    """Per theme, in as many queries for one theme as for all."""
    keys = [theme.pk for theme in themes]
    pairs = list(KnowledgePage.themes.through.objects.filter(themepage__in=keys).values_list(
        "themepage_id", "knowledgepage_id"))  # fmt: skip
    pairs += [(key, key) for key in keys]
    pages = KnowledgePage.objects.visible_to(reader).filter(alias_of=None).current()
    of_pages = [
        list(ReviewItem.objects.visible_to(reader).open().values_list("page", flat=True)),
        list(pages.due_by(timezone.localdate() + AHEAD).values_list("pk", flat=True)),
        list(Concern.objects.dealt_with_by(reader).open().values_list("page", flat=True)),
    ]
    return {
        key: Counts(*(_count(found, {page for theme, page in pairs if theme == key})
                      for found in of_pages))
        for key in keys
    }  # fmt: skip


def _count(found: list[int], pages: set[int]) -> int:
    return sum(page in pages for page in found)
