"""How far an offer is, from what it is and what became of the page that was made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery, TextChoices

from knowledgebank.models import Offer, OfferConsent, Practice, ReviewItem
from knowledgebank.offering.consent import answer_to
from knowledgebank.review.content import fingerprint


class Stage(TextChoices):
    DRAFT = "draft", "Concept"
    WAITING = "waiting", "Bij de ambassadeur"
    EDITING = "editing", "Wordt bewerkt"
    CONSENT = "consent", "Wacht op jouw akkoord"
    AGREED = "agreed", "Jij bent akkoord"
    REVIEW = "review", "In beoordeling"
    PUBLISHED = "published", "Gepubliceerd"
    DECLINED = "declined", "Afgewezen"
    WITHDRAWN = "withdrawn", "Ingetrokken"
    GONE = "gone", "Weggehaald"


OF_STATE = {
    Offer.State.DRAFT: Stage.DRAFT,
    Offer.State.SENT: Stage.WAITING,
    Offer.State.DECLINED: Stage.DECLINED,
    Offer.State.WITHDRAWN: Stage.WITHDRAWN,
}


@dataclass(frozen=True)
class Progress:
    """The stage with what it follows from: the latest text of the page and the answer to it."""

    stage: Stage
    text: Any = None
    mark: str = ""
    answer: OfferConsent | None = None
    item: ReviewItem | None = None

    @property
    def is_asked(self) -> bool:
        return self.stage == Stage.CONSENT


@dataclass(frozen=True)
class Step:
    """One step of the way, for the time line: "done", "now" or "todo"."""

    label: str
    state: str
    on: datetime | None = None
    note: str = ""


def progress_of(offer: Offer) -> Progress:
    stage = OF_STATE.get(Offer.State(offer.state))
    if stage is not None:
        return Progress(stage)
    page = offer.page
    if page is None:
        return Progress(Stage.GONE)
    text = page.get_latest_revision_as_object()
    mark = fingerprint(text)
    answer = answer_to(offer, mark)
    item = ReviewItem.objects.open().filter(page=page).first()
    is_shown = page.live and fingerprint(page) == mark
    said = answer.is_given if answer is not None else None
    stage = _stage(offer, said, is_shown=is_shown, is_in_review=item is not None)
    return Progress(stage, text, mark, answer, item)


def _stage(offer: Offer, said: bool | None, *, is_shown: bool, is_in_review: bool) -> Stage:
    if is_shown:
        return Stage.PUBLISHED
    if said is None:
        return Stage.CONSENT if offer.asked_at is not None else Stage.EDITING
    if not said:
        return Stage.EDITING
    return Stage.REVIEW if is_in_review else Stage.AGREED


def with_facts(offers: Any) -> Any:
    """With what `stage_of` needs of each row, in one query for all of them."""
    pages = Practice.objects.filter(offer=OuterRef("pk"), alias_of=None).order_by("pk")
    written = Subquery(pages.values("latest_revision__created_at")[:1])
    # An answer is on the text that stood there then: of what was written since it says nothing.
    answers = OfferConsent.objects.filter(offer=OuterRef("pk"), given_at__gte=OuterRef("written"))
    return offers.alias(written=written).annotate(
        has_page=Exists(pages),
        is_shown=Exists(pages.filter(live=True, has_unpublished_changes=False)),
        said=Subquery(answers.order_by("-pk").values("is_given")[:1]),
        is_in_review=Exists(ReviewItem.objects.open().filter(page__practice__offer=OuterRef("pk"))),
    )


def stage_of(row: Any) -> Stage:
    """The stage of a row of `with_facts`, by moments, where `progress_of` compares texts.

    They differ only where a text was saved again without a change.
    """
    stage = OF_STATE.get(Offer.State(row.state))
    if stage is not None:
        return stage
    if not row.has_page:
        return Stage.GONE
    return _stage(row, row.said, is_shown=row.is_shown, is_in_review=row.is_in_review)


# The way that most go, with the stages in which each step is the one at hand.
WAY: tuple[tuple[str, tuple[Stage, ...]], ...] = (
    ("Concept", (Stage.DRAFT,)),
    ("Ingestuurd", ()),
    ("Bij de ambassadeur", (Stage.WAITING,)),
    ("Wordt bewerkt", (Stage.EDITING,)),
    ("Jouw akkoord", (Stage.CONSENT,)),
    ("In beoordeling", (Stage.AGREED, Stage.REVIEW)),
    ("Gepubliceerd", (Stage.PUBLISHED,)),
)
ENDED = (Stage.DECLINED, Stage.WITHDRAWN, Stage.GONE)


def timeline(offer: Offer, stage: Stage) -> list[Step]:
    """The steps behind, at hand and ahead; of an offer that ended, those behind and the end."""
    if stage in ENDED:
        return [*_behind(offer), Step(stage.label, "now", offer.decided_at, offer.reason)]
    at = next(number for number, (_, stages) in enumerate(WAY) if stage in stages)
    return [
        Step(label, "done" if number < at else "now" if number == at else "todo", _on(offer, label))
        for number, (label, _) in enumerate(WAY)
    ]


def _behind(offer: Offer) -> Iterator[Step]:
    yield Step("Concept", "done")
    if offer.sent_at is not None:
        yield Step("Ingestuurd", "done", offer.sent_at)


def _on(offer: Offer, label: str) -> datetime | None:
    moments = {"Ingestuurd": offer.sent_at, "Gepubliceerd": offer.published_at}
    return moments.get(label)
