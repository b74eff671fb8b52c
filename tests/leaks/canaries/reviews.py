"""Texts before the editorial board: drafts, votes that nobody else may see yet, and a return."""

from __future__ import annotations

from wagtail.models import Comment, CommentReply

from knowledgebank.models import (
    Ambassador,
    Appraisal,
    Axis,
    Criterion,
    Decision,
    MethodVersion,
    Practice,
    ReviewItem,
    Score,
    SectionRemark,
    ThemePage,
    Verdict,
)
from knowledgebank.querysets import BOARD, SEATED
from knowledgebank.review.content import fingerprint_of
from knowledgebank.review.notices import SUBMITTED
from knowledgebank.review.starter_method import ensure_method
from kpo.inbox.models import Notification
from kpo.people.choices import ShownTo
from kpo.people.roles import Role
from tests.factories.people import UserFactory
from tests.factories.review import reviewer
from tests.leaks.ledger import by_roles, either, in_cms, own
from tests.leaks.personas import ReadBy
from tests.leaks.world import World


def judging(audience: str) -> ReadBy:
    """Who judges for the board and may read the page."""
    return lambda persona: persona.may_read(audience) and persona.has_role(*BOARD)


def guarding(audience: str) -> ReadBy:
    """Who reads the names of the ambassadors of a theme."""
    near = by_roles(*BOARD, Role.AMBASSADOR, Role.EDITOR)
    return either(
        lambda persona: persona.may_read(audience) and near(persona),
        by_roles(*SEATED, Role.ADMINISTRATOR),
    )


def add_reviews(world: World) -> None:
    for page in [one for one in world.pages if isinstance(one, Practice)]:
        draft = either(in_cms(page.audience), judging(page.audience))
        page.summary = world.ledger.token("draft before the board", draft)
        page.save_revision()
        item = _item(page)
        _comment(world, page)
        # Of a round that was decided all is seen, of the open one nothing by who has not judged.
        _appraise(world, item, judging(page.audience), Verdict.RETURN)
        item.reject(user=None)
        page.current_workflow_state.resume(user=None)
        _appraise(world, _latest(page), own(), Verdict.APPROVE)
        decision = world.ledger.token("decision of the board", draft)
        Decision.objects.create(item=_latest(page), text=decision)
    _write_method(world)
    _guard_themes(world)
    _tell_everybody(world)


def _write_method(world: World) -> None:
    """A version that the board is still writing."""
    seated = by_roles(*SEATED)
    version = MethodVersion.objects.create(
        method=ensure_method(), number=2, note=world.ledger.token("note of a draft", seated)
    )
    Criterion.objects.create(
        version=version,
        axis=Axis.RELEVANCE,
        name=world.ledger.token("criterion of a draft", seated),
        question=world.ledger.token("question of a draft", seated),
        steps=[world.ledger.token("step of a draft", seated)] * 5,
    )


def _guard_themes(world: World) -> None:
    """Somebody guards each theme; who has a seat sees everyone who may be appointed."""
    for page in [one for one in world.pages if isinstance(one, ThemePage)]:
        named = world.ledger.token("name of an ambassador", guarding(page.audience))
        person = UserFactory(
            last_name=named, roles=[Role.AMBASSADOR], show_profile=ShownTo.OWN_ORGANISATION
        )
        Ambassador.objects.create(theme=page, person=person)


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


def _comment(world: World, page: Practice) -> None:
    """A comment with a reply, as editors write them in the CMS."""
    read_by = in_cms(page.audience)
    person = reviewer(0)
    said = world.ledger.token("comment in the CMS", read_by)
    comment = Comment.objects.create(page=page, user=person, text=said, contentpath="title")
    answer = world.ledger.token("answer to a comment", read_by)
    CommentReply.objects.create(comment=comment, user=person, text=answer)


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
