"""Texts before the editorial board: drafts, votes that nobody else may see yet, and a return."""

from __future__ import annotations

from knowledgebank.models import (
    Appraisal,
    Practice,
    ReviewItem,
    Score,
    SectionRemark,
    Verdict,
)
from knowledgebank.querysets import BOARD
from knowledgebank.review.content import fingerprint_of
from knowledgebank.review.notices import SUBMITTED
from kpo.inbox.models import Notification
from tests.factories.review import reviewer
from tests.leaks.ledger import either, in_cms, own
from tests.leaks.personas import ReadBy
from tests.leaks.world import World


def judging(audience: str) -> ReadBy:
    """Who judges for the board and may read the page."""
    return lambda persona: persona.may_read(audience) and persona.has_role(*BOARD)


def add_reviews(world: World) -> None:
    for page in [one for one in world.pages if isinstance(one, Practice)]:
        draft = either(in_cms(page.audience), judging(page.audience))
        page.summary = world.ledger.token("draft before the board", draft)
        page.save_revision()
        item = _item(page)
        # Of a round that was decided all is seen, of the open one nothing by who has not judged.
        _appraise(world, item, judging(page.audience), Verdict.RETURN)
        item.reject(user=None)
        page.current_workflow_state.resume(user=None)
        _appraise(world, _latest(page), own(), Verdict.APPROVE)
    _tell_everybody(world)


def _tell_everybody(world: World) -> None:
    """A line in every inbox, also of who may not follow the review."""
    people = [one.person for one in world.personas.values() if one.person is not None]
    Notification.objects.bulk_create(
        Notification(
            person=person,
            kind=SUBMITTED.name,
            event=f"proef:{item.uuid}",
            item_type="review",
            item_uuid=item.uuid,
        )
        for person in people
        for item in ReviewItem.objects.all()
    )


def _item(page: Practice) -> ReviewItem:
    page.get_workflow().start(page, None)
    return _latest(page)


def _latest(page: Practice) -> ReviewItem:
    found: ReviewItem = ReviewItem.objects.filter(page=page).latest("pk")
    return found


def _appraise(world: World, item: ReviewItem, read_by: ReadBy, verdict: Verdict) -> None:
    person = reviewer(0)
    version = item.task.specific.method.current
    appraisal = Appraisal.objects.create(
        item=item,
        fingerprint=fingerprint_of(item.revision),
        reviewer=person,
        organisation=person.organisation,
        sector=person.organisation.sector,
        method=version,
        verdict=verdict,
        remark=world.ledger.token("remark of a reviewer", read_by),
    )
    Score.objects.create(
        appraisal=appraisal,
        criterion=version.criteria.first(),
        value=2,
        reason=world.ledger.token("reason of a score", read_by),
    )
    SectionRemark.objects.create(
        appraisal=appraisal,
        anchor="titel",
        heading="Titel en samenvatting",
        text=world.ledger.token("what must change", read_by),
    )
