"""Stopping an account ends everything it had open, at the next request and with no worker."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from kpo import jobs
from kpo.audit.models import Entry
from kpo.people import dormancy
from kpo.people.actions import accounts
from kpo.people.actions.accounts import deactivate, end_sessions, reactivate
from kpo.people.actions.roles import set_roles
from kpo.people.models import User
from kpo.people.models.user import Leaving
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.people import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def manager() -> User:
    return UserFactory(roles=[Role.ORGANISATION_ADMINISTRATOR])


@pytest.fixture
def colleague(manager: User) -> User:
    return UserFactory(organisation=manager.organisation)


def test_a_stopped_person_is_out_at_the_next_request(
    manager: User, colleague: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(colleague)
    assert client.get("/mijn/profiel/").status_code == 200
    deactivate(actor=manager, person=colleague)
    assert client.get("/mijn/profiel/")["Location"].startswith("/inloggen/")
    assert Entry.objects.get(action="people.deactivate").object_id == str(colleague.uuid)


def test_old_sessions_stay_dead_after_the_account_is_started_again(
    manager: User, colleague: User, sign_in: Callable[[User], Client]
) -> None:
    listed, unlisted = sign_in(colleague), sign_in(colleague)
    UserSession.objects.filter(session_key=unlisted.session.session_key).delete()
    deactivate(actor=manager, person=colleague)
    reactivate(actor=manager, person=colleague)
    for client in (listed, unlisted):
        assert client.get("/mijn/profiel/")["Location"].startswith("/inloggen/")
    colleague.refresh_from_db()
    assert sign_in(colleague).get("/mijn/profiel/").status_code == 200


def test_an_organisation_does_not_undo_what_the_platform_switched_off(
    manager: User, colleague: User, sign_in: Callable[[User], Client]
) -> None:
    administrator = UserFactory(roles=[Role.ADMINISTRATOR])
    deactivate(actor=administrator, person=colleague)
    colleague.refresh_from_db()
    page = sign_in(manager).get("/organisatie/").content.decode()
    assert "Alleen een beheerder van het platform" in page
    with pytest.raises(PermissionDenied):
        reactivate(actor=manager, person=colleague)
    reactivate(actor=administrator, person=colleague)
    deactivate(actor=manager, person=colleague)
    reactivate(actor=manager, person=colleague)
    colleague.refresh_from_db()
    assert colleague.is_active


def test_sessions_that_are_listed_are_gone_from_the_database(
    manager: User, colleague: User, client: Client
) -> None:
    from tests.factories.people import PASSWORD

    client.post("/inloggen/", {"login": colleague.email, "password": PASSWORD})
    key = client.session.session_key
    assert UserSession.objects.filter(user=colleague).exists()
    end_sessions(actor=manager, person=colleague)
    assert not Session.objects.filter(session_key=key).exists()


def test_what_others_gave_out_ends_too(
    manager: User, colleague: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[User] = []
    monkeypatch.setattr(accounts, "_endings", [ended.append])
    deactivate(actor=manager, person=colleague)
    assert ended == [colleague]


def test_only_who_manages_a_person_stops_that_person(colleague: User) -> None:
    for actor in (colleague, UserFactory(), UserFactory(roles=[Role.ORGANISATION_ADMINISTRATOR])):
        with pytest.raises(PermissionDenied):
            deactivate(actor=actor, person=colleague)
    colleague.refresh_from_db()
    assert colleague.is_active


def test_a_right_that_was_just_taken_counts_no_more(manager: User, colleague: User) -> None:
    in_hand = User.objects.with_standing().get(pk=manager.pk)
    manager.groups.clear()
    with pytest.raises(PermissionDenied):
        deactivate(actor=in_hand, person=colleague)


# --- Roles ---
def test_only_administrators_give_roles_and_never_to_themselves(manager: User) -> None:
    admin = UserFactory(roles=[Role.ADMINISTRATOR])
    person = UserFactory(organisation=manager.organisation)
    for actor in (manager, person):
        with pytest.raises(PermissionDenied):
            set_roles(actor=actor, person=person, roles=[Role.EDITOR])
    with pytest.raises(PermissionDenied):
        set_roles(actor=admin, person=admin, roles=[Role.ADMINISTRATOR, Role.AUDITOR])
    set_roles(actor=admin, person=person, roles=[Role.EDITOR])
    assert reader_for(person).roles == {Role.READER, Role.EDITOR}
    assert Entry.objects.get(action="people.set_roles").details == {
        "given": ["editor"],
        "taken": [],
    }


def test_the_last_administrator_stays() -> None:
    admin = UserFactory(roles=[Role.ADMINISTRATOR])
    with pytest.raises(ValidationError, match="laatste beheerder"):
        set_roles(actor=None, person=admin, roles=[])
    UserFactory(roles=[Role.ADMINISTRATOR])
    set_roles(actor=None, person=admin, roles=[])
    assert reader_for(admin).roles == {Role.READER}


# --- Dormant accounts ---
def quiet(days: int, **fields: object) -> User:
    return UserFactory(last_active_on=TODAY - timedelta(days=days), **fields)


def test_a_quiet_person_is_warned_once_and_stopped_a_month_later() -> None:
    person, lively = quiet(151), quiet(10)
    assert dormancy.warn(TODAY) == 1
    assert dormancy.warn(TODAY) == 0
    assert dormancy.stop(TODAY) == 0
    later = TODAY + timedelta(days=30)
    assert dormancy.stop(later) == 1
    person.refresh_from_db()
    lively.refresh_from_db()
    assert (person.is_active, person.left_because) == (False, Leaving.DORMANT)
    assert lively.is_active
    jobs.drain()
    assert [message.to for message in mail.outbox] == [[person.email]] * 2
    assert "29 dagen" in mail.outbox[0].subject


def test_nobody_is_stopped_without_two_weeks_notice() -> None:
    person = quiet(400)
    assert dormancy.stop(TODAY) == 0
    dormancy.warn(TODAY)
    assert dormancy.stop(TODAY + timedelta(days=13)) == 0
    assert dormancy.stop(TODAY + timedelta(days=14)) == 1
    person.refresh_from_db()
    assert not person.is_active


def test_a_visit_ends_the_countdown(sign_in: Callable[[User], Client]) -> None:
    person = quiet(400)
    dormancy.warn(TODAY)
    sign_in(person).get("/mijn/profiel/")
    person.refresh_from_db()
    assert person.dormancy_warned_on is None
    assert dormancy.stop(TODAY + timedelta(days=20)) == 0


def test_who_never_came_counts_from_joining() -> None:
    person = UserFactory()
    User.objects.filter(pk=person.pk).update(date_joined="2026-01-01T12:00Z")
    assert dormancy.warn(TODAY) == 1


def test_the_last_administrator_is_not_stopped_for_being_quiet() -> None:
    admin = quiet(400, roles=[Role.ADMINISTRATOR])
    dormancy.warn(TODAY)
    assert dormancy.stop(TODAY + timedelta(days=60)) == 0
    admin.refresh_from_db()
    assert admin.is_active


# --- The pages of an organisation administrator ---
def test_the_page_shows_the_own_people_and_nobody_else(
    manager: User, colleague: User, sign_in: Callable[[User], Client]
) -> None:
    stranger = UserFactory()
    page = sign_in(manager).get("/organisatie/").content.decode()
    assert colleague.email in page
    assert stranger.email not in page


def test_the_page_says_who_manages_alone(
    manager: User, colleague: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(manager)
    assert (
        f"{manager} is de enige organisatiebeheerder"
        in client.get("/organisatie/").content.decode()
    )
    UserFactory(organisation=manager.organisation, roles=[Role.ORGANISATION_ADMINISTRATOR])
    assert "is de enige" not in client.get("/organisatie/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_the_same_queries_for_more_people(
    count: int, manager: User, sign_in: Callable[[User], Client]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    UserFactory.create_batch(count, organisation=manager.organisation)
    client = sign_in(manager)
    client.get("/organisatie/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/organisatie/")
    assert len(queries) <= 15


def test_others_find_no_such_page(team: object, sign_in: Callable[[User], Client]) -> None:
    for role in Role:
        expected = role in (Role.ORGANISATION_ADMINISTRATOR, Role.ADMINISTRATOR)
        answer = sign_in(team[role]).get("/organisatie/")
        assert answer.status_code == (200 if expected else 404), role


def test_a_person_of_elsewhere_is_not_found(
    manager: User, sign_in: Callable[[User], Client]
) -> None:
    stranger = UserFactory()
    client = sign_in(manager)
    for action in ("uitzetten", "aanzetten"):
        assert client.post(f"/organisatie/mensen/{stranger.uuid}/{action}/").status_code == 404
    stranger.refresh_from_db()
    assert stranger.is_active


def test_an_administrator_of_the_platform_manages_one_house_here(
    sign_in: Callable[[User], Client],
) -> None:
    admin, stranger = UserFactory(roles=[Role.ADMINISTRATOR]), UserFactory()
    path = f"/organisatie/mensen/{stranger.uuid}/uitzetten/"
    assert sign_in(admin).post(path).status_code == 404


def test_stopping_and_starting_through_the_page(
    manager: User, colleague: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(manager)
    for action, is_active in (("uitzetten", False), ("aanzetten", True)):
        client.post(f"/organisatie/mensen/{colleague.uuid}/{action}/")
        colleague.refresh_from_db()
        assert colleague.is_active is is_active


def test_inviting_through_the_page(manager: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(manager)
    client.post("/organisatie/uitnodigen/", {"email": "nieuw@voorbeeld.nl"})
    invitation = manager.organisation.invitations.get()
    assert invitation.email == "nieuw@voorbeeld.nl"
    client.post(f"/organisatie/uitnodigingen/{invitation.uuid}/intrekken/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at


def test_the_invitation_of_another_house_is_not_found(
    manager: User, sign_in: Callable[[User], Client]
) -> None:
    from kpo.people.actions.invitations import invite

    other = UserFactory(roles=[Role.ORGANISATION_ADMINISTRATOR])
    row = invite(actor=other, email="a@voorbeeld.nl", organisation=other.organisation)
    client = sign_in(manager)
    for action in ("intrekken", "opnieuw"):
        path = f"/organisatie/uitnodigingen/{row.uuid}/{action}/"
        assert client.post(path).status_code == 404


def test_extra_fields_in_a_form_change_nothing(
    manager: User, sign_in: Callable[[User], Client]
) -> None:
    elsewhere = OrganisationFactory()
    sign_in(manager).post(
        "/organisatie/uitnodigen/",
        {"email": "nieuw@voorbeeld.nl", "organisation": elsewhere.pk, "roles": "administrator"},
    )
    assert not elsewhere.invitations.exists()
