"""What somebody kept falls at once to the ambassador of the theme, and then to the board."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledgebank.models import Ambassador
from knowledgebank.review.actions import reviewers
from knowledgebank.upkeep.actions import concerns
from knowledgebank.upkeep.notices import INHERITED
from kpo import jobs
from kpo.inbox.models import Notification
from kpo.people import tokens
from kpo.people.actions import employer
from kpo.people.actions.accounts import deactivate, end_sessions
from kpo.people.actions.erasure import erase_person
from kpo.people.choices import Sector
from kpo.people.models import EmployerChange, Renewal, User
from kpo.people.roles import Role
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory
from tests.factories.review import author, live, reviewer, submitted
from tests.factories.upkeep import ambassador, concern

pytestmark = pytest.mark.django_db


def change_employer(person: User) -> None:
    change = EmployerChange(
        person=person,
        new_email="nieuw@voorbeeld.nl",
        new_organisation=OrganisationFactory(),
        old_organisation=person.organisation,
    )
    employer.ask_again(person)
    employer.move(person, change)


WAYS: dict[str, Callable[[User], object]] = {
    "switched off": lambda person: deactivate(actor=None, person=person),
    "erased": lambda person: erase_person(actor=None, person=person, reason="Op verzoek."),
    "another employer": change_employer,
}


def told(person: User) -> int:
    jobs.drain()
    return Notification.objects.filter(person=person, kind=INHERITED.name).count()


@pytest.mark.parametrize("way", WAYS)
def test_everything_falls_to_the_ambassador(way: str) -> None:
    theme = theme_page()
    leaver = ambassador(theme)
    heir = ambassador(theme)
    page = knowledge_document(themes=[theme], responsible=leaver)
    draft = page.save_revision(user=author())
    doubt = concern(page)
    concerns.take_up(actor=leaver, concern=doubt)
    item = submitted(author(), page)
    reviewers.take_up(actor=leaver, item=item)

    WAYS[way](leaver)
    assert live(page).responsible == heir
    draft.refresh_from_db()
    assert draft.as_object().responsible == heir
    doubt.refresh_from_db()
    assert doubt.assignee == heir
    assert [one.person for one in item.assignments.all()] == [heir]
    assert [one.person for one in theme.ambassadors.all()] == [heir]
    assert told(heir) == 1


def test_without_another_ambassador_it_falls_to_the_board_that_may_read_it() -> None:
    circle = CircleFactory(parts=[("sector", Sector.RIEC)])
    theme = theme_page(circle.token)
    leaver = ambassador(theme, organisation=OrganisationFactory(sector=Sector.RIEC))
    ours = OrganisationFactory(sector=Sector.RIEC)
    chair = reviewer(role=Role.BOARD_CHAIR)
    member = reviewer(organisation=ours)
    page = knowledge_document(circle.token, themes=[theme], responsible=leaver)
    deactivate(actor=None, person=leaver)
    assert live(page).responsible == member
    assert (told(member), told(chair)) == (1, 0)
    deactivate(actor=None, person=member)
    assert live(page).responsible is None


def test_a_theme_that_lost_its_last_ambassador_is_told_to_the_chair() -> None:
    chair, theme = reviewer(role=Role.BOARD_CHAIR), theme_page()
    leaver = ambassador(theme)
    end_sessions(actor=leaver, person=leaver)
    assert theme.ambassadors.count() == 1
    deactivate(actor=None, person=leaver)
    assert told(chair) == 1
    assert not theme.ambassadors.exists()


def test_a_review_goes_to_nobody_who_wrote_along() -> None:
    theme = theme_page(live=False)
    writer = ambassador(theme, roles=[Role.EDITOR, Role.AMBASSADOR])
    leaver = reviewer(0)
    item = submitted(writer, theme)
    reviewers.take_up(actor=leaver, item=item)
    deactivate(actor=None, person=leaver)
    assert not item.assignments.exists()


def test_an_ambassadorship_is_asked_for_again_at_the_new_employer() -> None:
    theme = theme_page(tokens.ACCOUNTS)
    person = ambassador(theme)
    change_employer(person)
    renewal = Renewal.objects.get(person=person, kind="ambassador")
    employer.decide_renewal(
        actor=UserFactory(roles=[Role.ADMINISTRATOR]), renewal=renewal, granted=True
    )
    assert Ambassador.objects.filter(theme=theme, person=person).exists()
