"""What was decided on a page, round by round: one account, as a sheet and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knowledgebank.models import Appraisal, Decision, ReviewItem
from kpo.people.reader import Reader


@dataclass(frozen=True)
class Round:
    """One trip of a text past the board, with what the reader may see of it."""

    item: ReviewItem
    appraisals: list[Appraisal]
    decisions: list[Decision]


def rounds_of(item: ReviewItem, reader: Reader) -> list[Round]:
    """Every round of the page of this item, the latest first; a fixed number of queries."""
    items = ReviewItem.objects.visible_to(reader).filter(page=item.page)
    given = Appraisal.objects.visible_to(reader).filter(item__in=items)
    given = given.select_related("organisation", "method__method").prefetch_related(
        "scores__criterion", "sections"
    )
    rounds = items.select_related("workflow_state__requested_by__organisation").order_by("-pk")
    return [
        Round(
            one,
            [appraisal for appraisal in given if appraisal.item_id == one.pk],
            list(one.decisions.all()),
        )
        for one in rounds.prefetch_related("decisions")
    ]


def as_data(page: Any, rounds: list[Round]) -> dict[str, Any]:
    """The account as plain values; organisations are named, persons are not.

    Times are ISO 8601 with offset, days ISO 8601; scores run from 1 to 5.
    """
    return {
        "page": {"uuid": str(page.uuid), "title": page.title, "audience": page.working_audience},
        "rounds": [_round(one) for one in rounds],
    }


def _round(one: Round) -> dict[str, Any]:
    sender = one.item.workflow_state.requested_by
    return {
        "uuid": str(one.item.uuid),
        "submitted_at": one.item.started_at.isoformat(),
        "submitted_by": str(sender.organisation) if sender else None,
        "due_on": one.item.due_on.isoformat(),
        "outcome": one.item.status,
        "finished_at": one.item.finished_at.isoformat() if one.item.finished_at else None,
        "escalation": one.item.escalation_reason or None,
        "decisions": [
            {"at": decision.decided_at.isoformat(), "text": decision.text}
            for decision in one.decisions
        ],
        "appraisals": [_appraisal(appraisal) for appraisal in one.appraisals],
    }


def _appraisal(appraisal: Appraisal) -> dict[str, Any]:
    return {
        "organisation": str(appraisal.organisation),
        "sector": appraisal.sector,
        "given_at": appraisal.given_at.isoformat(),
        "method": str(appraisal.method),
        "text": appraisal.fingerprint,
        "verdict": appraisal.verdict,
        "remark": appraisal.remark,
        "scores": [
            {
                "axis": score.criterion.axis,
                "criterion": score.criterion.name,
                "score": score.value,
                "reason": score.reason,
            }
            for score in appraisal.scores.all()
        ],
        "sections": [
            {"section": remark.heading, "text": remark.text} for remark in appraisal.sections.all()
        ],
    }
