"""How an item stands: the text it is about, who approved that text, and what is still needed."""

from __future__ import annotations

from dataclasses import dataclass

from knowledgebank.models import Appraisal, ReviewItem, ReviewTask, Verdict
from knowledgebank.querysets import BOARD
from knowledgebank.review import conditions, people, quorum
from knowledgebank.review.content import fingerprint_of
from knowledgebank.review.quorum import Needs, Person
from kpo.people.models import User
from kpo.people.reader import reader_for


@dataclass(frozen=True)
class Standing:
    """`counting` are the approvals of the text as it is now, by who may still judge it."""

    fingerprint: str
    authors: list[User]
    counting: list[Appraisal]
    missing: list[str]

    @property
    def is_approved(self) -> bool:
        return not self.missing


def standing_of(item: ReviewItem) -> Standing:
    task: ReviewTask = item.task.specific
    mark = fingerprint_of(item.revision)
    authors = people.authors_of(item)
    counting = _counting(item, mark)
    guards = people.ambassadors_of(item.page, authors)
    needs = Needs(task.quorum, task.sectors, task.needs_ambassador)
    writing = [Person(author.pk, author.organisation_id) for author in authors]
    approving = [_person(one, one.reviewer, guards) for one in counting if one.reviewer]
    missing = quorum.missing(needs, writing, approving)
    missing += conditions.unmet(item.revision.as_object())
    return Standing(mark, authors, counting, missing)


def _counting(item: ReviewItem, mark: str) -> list[Appraisal]:
    given = item.appraisals.filter(
        fingerprint=mark, verdict=Verdict.APPROVE, reviewer__isnull=False
    ).select_related("reviewer", "organisation")
    # A vote holds only as long as its giver may judge: a role or an audience can be lost.
    return [one for one in given if not people.refusal(reader_for(one.reviewer), item)]


def _person(appraisal: Appraisal, reviewer: User, guards: set[int]) -> Person:
    return Person(
        key=reviewer.pk,
        organisation=appraisal.organisation_id,
        sector=appraisal.sector,
        is_board=reader_for(reviewer).has_role(*BOARD),
        is_ambassador=reviewer.pk in guards,
    )
