"""Letting a text stand on the site: by its votes, or as an operator brings it in."""

from __future__ import annotations

from statistics import fmean

from django.db import transaction

from knowledgebank.models import Appraisal, Axis, KnowledgePage, Release, ReviewItem, Score
from knowledgebank.review.content import fingerprint
from knowledgebank.review.standing import Standing
from kpo.audit import log as audit
from kpo.people.models import User


@transaction.atomic
def let_in(*, actor: User | None, page: KnowledgePage, source: str) -> Release:
    """Let an operator's import or the demo show its latest text without review, and log that.

    Readers go on reading that nobody has judged it.
    """
    release = Release.objects.create(
        page=page,
        revision=page.latest_revision,
        fingerprint=fingerprint(page.get_latest_revision_as_object()),
        way=Release.Way.IMPORT,
    )
    audit.record("knowledgebank.let_in", actor=actor, obj=page, details={"source": source})
    return release


def release_judged(item: ReviewItem, standing: Standing) -> Release:
    """What the votes gave; call it in the transaction that counted them."""
    counting = standing.counting
    return Release.objects.create(
        page=item.page,
        revision=item.revision,
        fingerprint=standing.fingerprint,
        way=Release.Way.REVIEW,
        item=item,
        reviewers=len({one.reviewer_id for one in counting}),
        organisations=len({one.organisation_id for one in counting}),
        relevance=_mean(counting, Axis.RELEVANCE),
        reliability=_mean(counting, Axis.RELIABILITY),
    )


def _mean(appraisals: list[Appraisal], axis: Axis) -> int | None:
    """From 1 to 5, rounded; every reviewer weighs the same."""
    scores = Score.objects.filter(appraisal__in=appraisals, criterion__axis=axis)
    values = list(scores.values_list("value", flat=True))
    return round(fmean(values)) if values else None
