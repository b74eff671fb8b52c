"""The edited text beside what the submitter sent."""

from __future__ import annotations

from typing import Any

from knowledgebank.models import Offer
from knowledgebank.offering.texts import practice_of
from knowledgebank.review.reading import Compared, compare, sections_of


def compared_with_offer(offer: Offer, text: Any) -> list[Compared]:
    """Section by section; what the submitter's own words became."""
    return compare(sections_of(practice_of(offer)), sections_of(text))
