"""What a built file says about itself: plain words for its kind, maker and date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from knowledgebank.demo.content import Written
from knowledgebank.demo.markdown import Block

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"),
    *("september", "oktober", "november", "december"),
)
# Kinds that people read from cover to cover get a cover and a table of contents.
WITH_COVER = {"handreiking", "strategisch-beeld", "fenomeenonderzoek", "e-zine", "crimescript"}


@dataclass(frozen=True)
class Paper:
    """A document ready to be made into a file."""

    title: str
    kind: str
    kind_label: str
    organisation: str
    summary: str
    dated_on: date
    blocks: list[Block]

    @property
    def has_cover(self) -> bool:
        return self.kind in WITH_COVER

    @property
    def written_date(self) -> str:
        day = self.dated_on
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    @property
    def moment(self) -> datetime:
        """One moment for all metadata, so that the same text gives the same bytes."""
        return datetime.combine(self.dated_on, time(9), tzinfo=UTC)


def paper_of(document: Written, *, kind_label: str, organisation: str) -> Paper:
    dated_on = document.dated_on
    if dated_on is None:
        raise ValueError(f"{document.slug} heeft geen datum.")
    return Paper(
        title=document.title,
        kind=document.head["kind"],
        kind_label=kind_label,
        organisation=organisation,
        summary=document.summary,
        dated_on=dated_on,
        blocks=document.blocks,
    )
