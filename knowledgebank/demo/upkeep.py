"""What is to be looked at again in the demo, by whom it was doubted, and what came of that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from knowledgebank.actions import vote_helpful
from knowledgebank.demo.ground import Ground
from knowledgebank.models import Concern, KnowledgePage, ReadCount
from knowledgebank.review.reading import sections_of
from knowledgebank.upkeep.actions import concerns as verbs
from knowledgebank.upkeep.actions.concerns import WHOLE_PAGE
from knowledgebank.upkeep.actions.dates import confirm
from knowledgebank.upkeep.actions.laws import mark_changed
from knowledgebank.upkeep.dates import carry

DAYS_READ = 21


@transaction.atomic
def plant_upkeep(ground: Ground) -> None:
    """All of it once: with a concern on the site it is left alone."""
    if Concern.objects.exists():
        return
    facts = ground.content.upkeep
    today = timezone.localdate()
    for one in facts["law_changes"]:
        mark_changed(
            actor=ground.people[one["by"]],
            identifier=one["identifier"],
            what=one["what"],
            since=today - timedelta(days=one["days_ago"]),
        )
    for one in facts["concerns"]:
        _concern(ground, one)
    for slug, days in facts["due"].items():
        carry(_page(slug), review_due_on=today + timedelta(days=days))
    for one in facts["confirmations"]:
        pages = [_page(slug) for slug in one["pages"]]
        confirm(actor=ground.people[one["by"]], pages=pages, reason=one["reason"])
    for one in facts["votes"]:
        vote_helpful(
            actor=ground.people[one["by"]],
            page=_page(one["page"]),
            is_helpful=one["is_helpful"],
            reason=one["reason"],
        )
    ReadCount.objects.bulk_create(
        ReadCount(page=_page(slug), day=today - timedelta(days=days), times=times + days % 3)
        for slug, times in facts["reads"].items()
        for days in range(DAYS_READ)
    )


def _page(slug: str) -> KnowledgePage:
    page: KnowledgePage = KnowledgePage.objects.get(slug=slug)
    return page


def _concern(ground: Ground, facts: dict[str, Any]) -> None:
    page = _page(facts["page"])
    sections = {one.heading: one for one in sections_of(page.specific)}
    concern = verbs.raise_concern(
        actor=ground.people[facts["by"]],
        page=page,
        reason=Concern.Reason(facts["reason"]),
        text=facts["text"],
        section=sections.get(facts.get("section", ""), WHOLE_PAGE),
    )
    if "taken_by" in facts:
        verbs.take_up(actor=ground.people[facts["taken_by"]], concern=concern)
    if "closed_by" in facts:
        verbs.close_concern(
            actor=ground.people[facts["closed_by"]],
            concern=concern,
            outcome=Concern.Outcome(facts["outcome"]),
            explanation=facts["explanation"],
        )
