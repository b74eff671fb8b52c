"""A board, texts before it, and appraisals as reviewers fill them in."""

from __future__ import annotations

from typing import Any

from knowledgebank.models import (
    Appraisal,
    Criterion,
    KnowledgePage,
    ReviewItem,
    ReviewRule,
    ReviewTask,
    Verdict,
)
from knowledgebank.review.actions import appraisals, rounds
from knowledgebank.review.actions.appraisals import Given, Remark
from knowledgebank.review.content import fingerprint_of
from kpo.people.choices import Sector
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.pages import theme_page
from tests.factories.people import OrganisationFactory, UserFactory

PLACES = (
    ("Politie Oost", Sector.POLICE),
    ("Gemeente Hengelo", Sector.MUNICIPALITY),
    ("Belastingdienst", Sector.TAX),
    ("OM Oost", Sector.PROSECUTION),
)


def review_all() -> None:
    """From here on every page that can be judged must be, as on a new site."""
    ReviewRule.objects.all().delete()


def board_task(**fields: Any) -> ReviewTask:
    """The board's own task, with other demands."""
    task = ReviewTask.objects.get()
    for name, value in fields.items():
        setattr(task, name, value)
    task.save()
    return task


def author(**fields: Any) -> User:
    organisation = OrganisationFactory(name="Gemeente Zutphen")
    return UserFactory(**({"roles": [Role.EDITOR], "organisation": organisation} | fields))


def reviewer(place: int = 0, role: Role = Role.BOARD_MEMBER, **fields: Any) -> User:
    """Somebody of the board, by default each of another organisation than the author."""
    name, sector = PLACES[place]
    organisation = OrganisationFactory(name=name, sector=sector)
    return UserFactory(**({"roles": [role], "organisation": organisation} | fields))


def text_of(person: User, page: Any = None, **fields: Any) -> Any:
    """A page with a change by this person that is not published."""
    page = page or theme_page(live=False, owner=person)
    for name, value in ({"summary": "Wat er nieuw is."} | fields).items():
        setattr(page, name, value)
    page.save_revision(user=person)
    return page


def submitted(person: User, page: Any = None, **fields: Any) -> ReviewItem:
    return rounds.submit(actor=person, page=text_of(person, page, **fields))


def scores(item: ReviewItem, value: int = 4) -> dict[Criterion, Given]:
    version = item.task.specific.method.current
    return {one: Given(value, "Omdat het zo is.") for one in version.criteria.all()}


def approve(person: User, item: ReviewItem, value: int = 4, seen: str | None = None) -> Appraisal:
    item.refresh_from_db()
    return appraisals.appraise(
        actor=person,
        item=item,
        seen=fingerprint_of(item.revision) if seen is None else seen,
        verdict=Verdict.APPROVE,
        scores=scores(item, value),
    )


def send_back(person: User, item: ReviewItem) -> Appraisal:
    item.refresh_from_db()
    return appraisals.appraise(
        actor=person,
        item=item,
        seen=fingerprint_of(item.revision),
        verdict=Verdict.RETURN,
        scores={},
        remarks=[Remark("wat-is-het", "Wat is het?", "Noem de bron.")],
    )


def live(page: Any) -> Any:
    """The page as readers have it now."""
    return type(page).objects.get(pk=page.pk)


def is_published(page: KnowledgePage) -> bool:
    return bool(live(page).live)
