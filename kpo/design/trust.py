"""What a page can say about how far it can be relied on."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True)
class Trust:
    """The outcome of a review. `relevance` and `reliability` run from 1 to 5."""

    reviewed_on: date
    reviewed_by: str
    relevance: int
    reliability: int
    review_due_on: date | None = None

    def is_due(self, today: date) -> bool:
        """Whether the next review should have been done by now."""
        return self.review_due_on is not None and self.review_due_on < today


class Reviewable(Protocol):
    """A page or hit that may carry a review; None or no attribute means not reviewed yet."""

    @property
    def trust(self) -> Trust | None: ...


def trust_of(item: Reviewable | object) -> Trust | None:
    """The review of `item`, or None as long as nobody has judged it."""
    trust = getattr(item, "trust", None)
    return trust if isinstance(trust, Trust) else None
