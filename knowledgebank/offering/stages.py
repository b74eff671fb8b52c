"""How far an offer is, from what it is and what became of the page that was made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import TextChoices

from knowledgebank.models import Offer, OfferConsent, ReviewItem
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
    stage = _stage(offer, answer, is_shown=page.live and fingerprint(page) == mark, item=item)
    return Progress(stage, text, mark, answer, item)


def _stage(
    offer: Offer, answer: OfferConsent | None, *, is_shown: bool, item: ReviewItem | None
) -> Stage:
    if is_shown:
        return Stage.PUBLISHED
    if answer is None:
        return Stage.CONSENT if offer.asked_at is not None else Stage.EDITING
    if not answer.is_given:
        return Stage.EDITING
    return Stage.REVIEW if item is not None else Stage.AGREED


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


def timeline(offer: Offer, progress: Progress) -> list[Step]:
    """The steps behind, at hand and ahead; of an offer that ended, those behind and the end."""
    if progress.stage in ENDED:
        return [*_behind(offer), Step(progress.stage.label, "now", offer.decided_at, offer.reason)]
    at = next(number for number, (_, stages) in enumerate(WAY) if progress.stage in stages)
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
