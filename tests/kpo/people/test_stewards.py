"""Someone can always help the others: the last administrator stays, and gaps are told in time."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from kpo import jobs
from kpo.people.actions.accounts import deactivate
from kpo.people.actions.employer import ask_change, confirm_change
from kpo.people.actions.erasure import erase_person
from kpo.people.actions.factors import ask_reset, consent_to_reset
from kpo.people.actions.roles import set_roles
from kpo.people.dormancy import stop
from kpo.people.models import EmployerChange, User
from kpo.people.roles import Role
from kpo.people.stewards import administrators, gaps_without
from tests.factories.people import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
ONE_LEFT = "Er is nog maar één beheerder van KPO"
NO_MANAGER = "Een organisatie heeft geen eigen beheerder meer"
Departure = Callable[[User], None]


def change_employer(person: User) -> None:
    """As a change that was proven before the others left, and is confirmed only now."""
    house = OrganisationFactory()
    manager = UserFactory(organisation=house, roles=[Role.ORGANISATION_ADMINISTRATOR])
    change = EmployerChange.objects.create(
        person=person,
        new_email=f"elders-{person.email}",
        new_organisation=house,
        old_organisation=person.organisation,
        secret_digest=str(person.uuid),
        expires_at=timezone.now() + timedelta(days=1),
        status=EmployerChange.Status.VERIFIED,
    )
    confirm_change(actor=manager, change=change)


def lose_the_role(person: User) -> None:
    set_roles(actor=None, person=person, roles=[Role.EDITOR])


def be_stopped(person: User) -> None:
    deactivate(actor=None, person=person)


def be_erased(person: User) -> None:
    erase_person(actor=None, person=person, reason="Gevraagd.")


DEPARTURES = [change_employer, lose_the_role, be_stopped, be_erased]


def subjects() -> list[str]:
    jobs.drain()
    return [message.subject for message in mail.outbox]


@pytest.mark.parametrize("departure", DEPARTURES)
def test_the_last_administrator_stays_whole(departure: Departure) -> None:
    last = UserFactory(roles=[Role.ADMINISTRATOR])
    with pytest.raises(ValidationError, match="laatste beheerder"):
        departure(last)
    kept = User.objects.get(pk=last.pk)
    assert (kept.email, kept.is_active, kept.organisation) == (last.email, True, last.organisation)
    assert list(administrators()) == [last]


@pytest.mark.parametrize("departure", DEPARTURES)
def test_the_one_who_is_left_hears_of_it(departure: Departure) -> None:
    goes, stays = (UserFactory(roles=[Role.ADMINISTRATOR]) for _ in range(2))
    departure(goes)
    assert list(administrators()) == [stays]
    jobs.drain()
    told = [message for message in mail.outbox if message.subject == ONE_LEFT]
    assert [message.to for message in told] == [[stays.email]]


@pytest.mark.parametrize("departure", DEPARTURES)
def test_with_two_left_nobody_is_bothered(departure: Departure) -> None:
    goes, *_ = [UserFactory(roles=[Role.ADMINISTRATOR]) for _ in range(3)]
    departure(goes)
    assert ONE_LEFT not in subjects()


@pytest.mark.parametrize("departure", DEPARTURES)
def test_administrators_hear_when_an_organisation_loses_its_last_own(departure: Departure) -> None:
    admin = UserFactory(roles=[Role.ADMINISTRATOR])
    goes = UserFactory(roles=[Role.ORGANISATION_ADMINISTRATOR])
    house = goes.organisation
    UserFactory(organisation=house)
    departure(goes)
    jobs.drain()
    told = [
        m for m in mail.outbox if m.subject == "Een organisatie heeft geen eigen beheerder meer"
    ]
    assert [message.to for message in told] == [[admin.email]]
    assert house.name in told[0].body


def test_an_organisation_with_another_of_its_own_misses_nothing() -> None:
    UserFactory(roles=[Role.ADMINISTRATOR])
    goes = UserFactory(roles=[Role.ORGANISATION_ADMINISTRATOR])
    UserFactory(organisation=goes.organisation, roles=[Role.ORGANISATION_ADMINISTRATOR])
    be_stopped(goes)
    assert NO_MANAGER not in subjects()


def test_the_last_administrator_hears_before_asking_to_change_employer() -> None:
    last = UserFactory(roles=[Role.ADMINISTRATOR])
    with pytest.raises(ValidationError, match="laatste beheerder"):
        ask_change(actor=last, email="elders@voorbeeld.nl", organisation=OrganisationFactory())
    ask_change(actor=last, email="elders@voorbeeld.nl", organisation=last.organisation)


def test_of_administrators_who_are_all_quiet_one_stays() -> None:
    today = timezone.localdate()
    for _ in range(3):
        UserFactory(
            roles=[Role.ADMINISTRATOR],
            last_active_on=today - timedelta(days=400),
            dormancy_warned_on=today - timedelta(days=100),
        )
    assert stop(today) == 2
    assert administrators().count() == 1


def test_the_screen_says_beforehand_what_would_be_missing(
    sign_in: Callable[[User], Client],
) -> None:
    admin = UserFactory(roles=[Role.ADMINISTRATOR])
    other = UserFactory(roles=[Role.ADMINISTRATOR, Role.ORGANISATION_ADMINISTRATOR])
    page = sign_in(admin).get(f"/cms/mensen/{other.uuid}/").content.decode()
    for gap in gaps_without(other):
        assert gap in page
    assert len(gaps_without(other)) == 2
    assert gaps_without(UserFactory()) == []
    UserFactory(roles=[Role.ADMINISTRATOR])
    assert len(gaps_without(other)) == 1


# --- Two for a lost second factor ---
def test_without_a_second_administrator_the_request_says_so() -> None:
    one, two = (UserFactory(roles=[Role.ADMINISTRATOR]) for _ in range(2))
    with pytest.raises(ValidationError, match="geen tweede beheerder"):
        ask_reset(actor=one, person=two, reason="Gebeld.")
    ask_reset(actor=one, person=UserFactory(factor=True), reason="Gebeld.")


@pytest.mark.parametrize("departure", [lose_the_role, be_stopped])
def test_who_asked_must_still_be_an_administrator_at_the_consent(departure: Departure) -> None:
    one, two, _ = (UserFactory(roles=[Role.ADMINISTRATOR]) for _ in range(3))
    lost = UserFactory(factor=True)
    reset = ask_reset(actor=one, person=lost, reason="Gebeld.")
    departure(one)
    with pytest.raises(ValidationError, match="geen beheerder meer"):
        consent_to_reset(actor=two, reset=reset)
    assert lost.authenticator_set.exists()


# --- At once ---
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_stop_each_other_at_once_leave_one() -> None:
    call_command("sync_roles", verbosity=0)
    pair = [UserFactory(roles=[Role.ADMINISTRATOR]) for _ in range(2)]
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def strike(person: User) -> None:
        start.wait()
        try:
            deactivate(actor=None, person=person)
            outcomes.append("stopped")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=strike, args=(person,)) for person in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "stopped"]
    assert administrators().count() == 1
