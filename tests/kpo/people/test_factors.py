"""A lost second factor: two administrators, or nothing."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from kpo import jobs
from kpo.audit.models import Entry
from kpo.people.actions.factors import ask_reset, consent_to_reset, end_reset
from kpo.people.models import FactorReset, User
from kpo.people.roles import Role
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> User:
    return UserFactory(roles=[Role.ADMINISTRATOR])


@pytest.fixture
def two() -> User:
    return UserFactory(roles=[Role.ADMINISTRATOR])


@pytest.fixture
def lost() -> User:
    return UserFactory(roles=[Role.EDITOR])


def test_two_administrators_remove_it_and_end_the_sessions(
    one: User, two: User, lost: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(lost)
    reset = ask_reset(actor=one, person=lost, reason="Gebeld en gesproken.")
    jobs.drain()
    assert [message.to for message in mail.outbox] == [[two.email]]
    consent_to_reset(actor=two, reset=reset)
    assert not Authenticator.objects.filter(user=lost).exists()
    assert client.get("/mijn/profiel/")["Location"].startswith("/inloggen/")
    lost.refresh_from_db()
    assert sign_in(lost).get("/mijn/profiel/")["Location"] == "/mijn/beveiliging/instellen/"
    entry = Entry.objects.get(action="people.reset_factor")
    assert (entry.actor_id, entry.details) == (two.uuid, {"asked_by": str(one.uuid)})


def test_one_administrator_alone_removes_nothing(one: User, two: User, lost: User) -> None:
    reset = ask_reset(actor=one, person=lost, reason="Gebeld.")
    with pytest.raises(PermissionDenied):
        consent_to_reset(actor=one, reset=reset)
    assert Authenticator.objects.filter(user=lost).exists()


def test_nobody_asks_or_consents_for_oneself(one: User, two: User) -> None:
    UserFactory(roles=[Role.ADMINISTRATOR])
    with pytest.raises(PermissionDenied):
        ask_reset(actor=one, person=one, reason="Ik ben het echt.")
    reset = ask_reset(actor=one, person=two, reason="Gebeld.")
    with pytest.raises(PermissionDenied):
        consent_to_reset(actor=two, reset=reset)


def test_only_administrators_ask(lost: User) -> None:
    manager = UserFactory(organisation=lost.organisation, roles=[Role.ORGANISATION_ADMINISTRATOR])
    with pytest.raises(PermissionDenied):
        ask_reset(actor=manager, person=lost, reason="Gebeld.")


def test_the_database_itself_wants_two(one: User, two: User, lost: User) -> None:
    reset = ask_reset(actor=one, person=lost, reason="Gebeld.")
    with pytest.raises(IntegrityError, match="people_reset_needs_two"), transaction.atomic():
        FactorReset.objects.filter(pk=reset.pk).update(status="done", decided_by=one)
    with pytest.raises(IntegrityError, match="people_reset_needs_two"), transaction.atomic():
        FactorReset.objects.filter(pk=reset.pk).update(status="done", decided_by=None)


def test_a_reason_is_asked_and_one_request_at_a_time(one: User, two: User, lost: User) -> None:
    with pytest.raises(ValidationError, match="zeker weet"):
        ask_reset(actor=one, person=lost, reason=" ")
    ask_reset(actor=one, person=lost, reason="Gebeld.")
    with pytest.raises(ValidationError, match="wacht al"):
        ask_reset(actor=two, person=lost, reason="Gebeld.")


def test_a_request_that_was_stopped_cannot_be_consented_to(
    one: User, two: User, lost: User
) -> None:
    reset = ask_reset(actor=one, person=lost, reason="Gebeld.")
    end_reset(actor=one, reset=reset)
    with pytest.raises(PermissionDenied):
        consent_to_reset(actor=two, reset=reset)
    assert Authenticator.objects.filter(user=lost).exists()


def test_the_demo_code_is_never_given_in_production(settings: Settings, lost: User) -> None:
    settings.ENVIRONMENT = "production"
    with pytest.raises(CommandError, match="alleen in ontwikkeling"):
        call_command("demo_code", lost.email)


def test_the_demo_code_is_six_digits_and_unknown_people_get_a_sentence(
    lost: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("demo_code", lost.email)
    assert capsys.readouterr().out.strip().isdigit()
    with pytest.raises(CommandError, match="geen account"):
        call_command("demo_code", "weg@voorbeeld.nl")
    with pytest.raises(CommandError, match="geen app"):
        call_command("demo_code", UserFactory().email)
