"""From what a submitter wrote to the page that is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.html import escape

from knowledgebank.models import Offer, Practice, PracticeFile

# What stands in the block "In het kort"; a longer answer becomes a part of the story.
LONGEST_FACT = 240


def practice_of(offer: Offer) -> Practice:
    """The page as it follows from the offer, not saved; its themes and files are set."""
    effort, outcome = one_line(offer.effort), one_line(offer.outcome)
    page = Practice(
        title=offer.title,
        summary=offer.summary,
        organisation=offer.organisation,
        place=offer.place,
        regions=[offer.region] if offer.region else [],
        effort=effort if len(effort) <= LONGEST_FACT else "",
        outcome=outcome if len(outcome) <= LONGEST_FACT else "",
        contact=offer.contact_words if offer.contact == Offer.Contact.OTHER else "",
        body=json.dumps(list(blocks_of(offer))),
        offer=offer,
    )
    page.themes = list(offer.themes.all())
    page.files = [PracticeFile(document=row.document) for row in offer.files.all()]
    return page


def one_line(text: str) -> str:
    return " ".join(text.split())


def blocks_of(offer: Offer) -> Iterator[dict[str, Any]]:
    """The story as blocks; every id follows from the offer, so that it is the same each time."""
    parts = [("Wat we deden", offer.what)]
    if len(one_line(offer.effort)) > LONGEST_FACT:
        parts.append(("Wat het vroeg", offer.effort))
    if len(one_line(offer.outcome)) > LONGEST_FACT:
        parts.append(("Wat het opleverde", offer.outcome))
    for heading, text in parts:
        yield _block(offer, "heading", heading, heading)
        yield _block(offer, "paragraph", heading, paragraphs(text))


def _block(offer: Offer, kind: str, place: str, value: str) -> dict[str, Any]:
    key = uuid5(NAMESPACE_URL, f"kpo-offer/{offer.uuid}/{kind}/{place}")
    return {"type": kind, "value": value, "id": str(key)}


def paragraphs(text: str) -> str:
    """Plain text as HTML: an empty line begins a paragraph, and so does nothing else."""
    pieces = [piece.strip() for piece in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{escape(piece).replace(chr(10), '<br/>')}</p>" for piece in pieces if piece)
