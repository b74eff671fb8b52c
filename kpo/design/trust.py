"""What a page can say about how far it can be relied on."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Trust:
    """The outcome of a review. `relevance` and `reliability` run from 1 to 5."""

    reviewed_on: date
    reviewed_by: str
    relevance: int
    reliability: int
    review_due_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """What a reader is told: the review if there is one, and the dates of upkeep."""

    trust: Trust | None
    checked_on: date | None
    due_on: date | None
    is_due: bool


def standing_of(item: object, today: date) -> Standing:
    """The standing of a page or a hit.

    Read from what `item` has of `trust`, `reviewed_on` (when its keeper last looked at it) and
    `review_due_on`; what it lacks is simply not said.
    """
    trust = getattr(item, "trust", None)
    due_on = trust.review_due_on if trust else getattr(item, "review_due_on", None)
    return Standing(
        trust=trust,
        checked_on=getattr(item, "reviewed_on", None),
        due_on=due_on,
        is_due=due_on is not None and due_on < today,
    )
