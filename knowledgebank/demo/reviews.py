"""What the editorial board of the demo has before it and has decided, by the verbs people use."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from knowledgebank.demo.ground import Ground
from knowledgebank.models import (
    Ambassador,
    Axis,
    Criterion,
    KnowledgePage,
    ReviewItem,
    ThemePage,
    Verdict,
)
from knowledgebank.review.actions import appraisals, rounds
from knowledgebank.review.actions.appraisals import Given, Remark
from knowledgebank.review.actions.decisions import record_decision
from knowledgebank.review.content import fingerprint_of
from knowledgebank.review.reading import sections_of
from kpo.people.models import User
from kpo.people.roles import Role

AXES = tuple(Axis)


def plant_ambassadors(ground: Ground) -> None:
    """Who keeps a theme and has the role guards it."""
    guards = set(User.objects.with_role(Role.AMBASSADOR))
    for theme in ThemePage.objects.select_related("responsible"):
        if theme.responsible in guards:
            Ambassador.objects.get_or_create(theme=theme, person=theme.responsible)


def plant_reviews(ground: Ground) -> None:
    """Each once: a page that was ever before the board is left alone."""
    seen = set(ReviewItem.objects.values_list("page__slug", flat=True))
    for facts in ground.content.reviews:
        if facts["page"] not in seen:
            with transaction.atomic():
                _plant(ground, facts)


def _plant(ground: Ground, facts: dict[str, Any]) -> None:
    page = KnowledgePage.objects.get(slug=facts["page"]).specific
    for name, value in facts["changes"].items():
        setattr(page, name, value)
    page.save_revision(user=ground.editor)
    item = rounds.submit(actor=ground.editor, page=page)
    for vote in facts["votes"]:
        item.refresh_from_db()
        appraisals.appraise(
            actor=ground.people[vote["by"]],
            item=item,
            seen=fingerprint_of(item.revision),
            verdict=Verdict(vote["verdict"]),
            scores=_scores(item, vote),
            remarks=_remarks(page, vote),
            remark=vote["remark"],
        )
    item.refresh_from_db()
    if "escalated" in facts:
        rounds.escalate(actor=ground.editor, item=item, reason=facts["escalated"])
    if "decision" in facts:
        chair = ground.people[facts["decided_by"]]
        record_decision(actor=chair, item=item, text=facts["decision"])


def _scores(item: ReviewItem, vote: dict[str, Any]) -> dict[Criterion, Given]:
    if not vote["scores"]:
        return {}
    values = dict(zip(AXES, vote["scores"], strict=True))
    version = item.task.specific.method.current
    return {
        criterion: Given(values[criterion.axis], vote["reason"])
        for criterion in version.criteria.all()
    }


def _remarks(page: KnowledgePage, vote: dict[str, Any]) -> list[Remark]:
    return [
        Remark(section.anchor, section.heading, vote["remark"])
        for section in sections_of(page)
        if section.heading == vote.get("section")
    ]
