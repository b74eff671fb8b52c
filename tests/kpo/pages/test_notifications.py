"""Mails about workflows: a group is no audience."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from wagtail.admin.mail import send_notification
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask
from wagtail.users.models import UserProfile

from kpo.people.choices import Sector
from kpo.people.models import Circle, User
from kpo.people.roles import Role
from tests.conftest import Team
from tests.factories.pages import home_page, plain_page
from tests.factories.people import CircleFactory, UserFactory

pytestmark = pytest.mark.django_db
CLOSED = "Besloten werkwijze"


@pytest.fixture
def workflow(team: Team) -> Workflow:
    """One step, by all editors."""
    made: Workflow = Workflow.objects.create(name="Nakijken")
    task = GroupApprovalTask.objects.create(name="Door de redactie")
    task.groups.add(Group.objects.get(name=Role.EDITOR))
    WorkflowTask.objects.create(workflow=made, task=task, sort_order=0)
    return made


@pytest.fixture
def circle() -> Circle:
    made: Circle = CircleFactory(parts=[("sector", Sector.RIEC)])
    return made


def editor_in(circle: Circle) -> User:
    person: User = UserFactory(roles=[Role.EDITOR])
    circle.grants.create(person=person)
    return person


def receivers() -> set[str]:
    return {address for message in mail.outbox for address in message.to}


def test_a_page_handed_in_is_mailed_only_to_who_holds_its_audience(
    workflow: Workflow, circle: Circle
) -> None:
    author, colleague, outsider = (
        editor_in(circle),
        editor_in(circle),
        UserFactory(roles=["editor"]),
    )
    page = plain_page(home_page(), circle.token, title=CLOSED)
    workflow.start(page, author)
    assert colleague.email in receivers()
    assert outsider.email not in receivers()


def test_who_lost_the_audience_hears_nothing_of_the_page_handed_in(
    workflow: Workflow, circle: Circle
) -> None:
    author, colleague = editor_in(circle), editor_in(circle)
    page = plain_page(home_page(), circle.token, title=CLOSED)
    workflow.start(page, author)
    circle.grants.filter(person=author).delete()
    mail.outbox.clear()
    page.refresh_from_db()
    page.current_workflow_task_state.reject(user=colleague, comment="Nog niet.")
    assert author.email not in receivers()


def test_who_handed_a_page_in_hears_that_it_came_back(workflow: Workflow, circle: Circle) -> None:
    author, colleague = editor_in(circle), editor_in(circle)
    page = plain_page(home_page(), circle.token, title=CLOSED)
    workflow.start(page, author)
    mail.outbox.clear()
    page.refresh_from_db()
    page.current_workflow_task_state.reject(user=colleague, comment="Nog niet.")
    assert author.email in receivers()


def test_what_a_comment_says_is_never_mailed(team: Team) -> None:
    page = plain_page(home_page(), title="Een pagina")
    profile = UserProfile.get_for_user(team[Role.EDITOR])
    profile.updated_comments_notifications = True
    profile.save()
    changes = {"page": page, "editor": team[Role.ADMINISTRATOR], "new_comments": []}
    send_notification([team[Role.EDITOR]], "updated_comments", changes)
    assert mail.outbox == []
    assert not UserProfile.objects.get(user=team[Role.EDITOR]).updated_comments_notifications
