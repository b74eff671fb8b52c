"""Every predicate and its QuerySet twin give the same answer, for every pair of people."""

from collections.abc import Callable
from itertools import pairwise
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission

from kpo.people import factor, permissions
from kpo.people.choices import Kind, ShownTo
from kpo.people.models import EmployerChange, FactorReset, Organisation, User
from kpo.people.models.invitation import digest
from kpo.people.reader import ANONYMOUS, Reader, reader_for
from kpo.people.roles import Role
from tests.factories.people import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(db: None) -> list[User]:
    """One person per role and state, spread over three organisations."""
    public = OrganisationFactory(name="Gemeente Een")
    other = OrganisationFactory(name="Gemeente Twee")
    bank = OrganisationFactory(name="Bank", kind=Kind.PRIVATE)
    houses = [public, other, bank]
    people = [
        UserFactory(organisation=houses[number % 3], roles=[] if role is Role.READER else [role])
        for number, role in enumerate(Role)
    ]
    people += [UserFactory(organisation=public, show_profile=shown) for shown in ShownTo.values]
    people += [
        UserFactory(organisation=other, roles=[Role.ORGANISATION_ADMINISTRATOR]),
        UserFactory(organisation=other, roles=[Role.ADMINISTRATOR]),
        UserFactory(organisation=other, stopped=True),
        UserFactory(organisation=public, is_active=False, left_because="erased"),
        UserFactory(organisation=public, roles=[Role.AUDITOR, Role.EDITOR]),
    ]
    return people


@pytest.fixture
def readers(everybody: list[User]) -> list[Reader]:
    return [ANONYMOUS, *(reader_for(person) for person in everybody)]


def assert_twins(
    readers: list[Reader],
    rows: list[object],
    predicate: Callable[..., bool],
    twin: Callable[[Reader], object],
) -> None:
    answers = set()
    for reader in readers:
        in_sql = set(twin(reader).values_list("pk", flat=True))
        for row in rows:
            answer = predicate(reader, row)
            answers.add(answer)
            assert answer == (row.pk in in_sql), (reader, row)
    assert answers == {True, False}


def test_managing_a_person(readers: list[Reader], everybody: list[User]) -> None:
    assert_twins(readers, everybody, permissions.can_manage_person, User.objects.all().managed_by)


def test_seeing_a_person(readers: list[Reader], everybody: list[User]) -> None:
    assert_twins(readers, everybody, permissions.can_see_person, User.objects.all().visible_to)


def test_managing_an_organisation(readers: list[Reader]) -> None:
    assert_twins(
        readers,
        list(Organisation.objects.all()),
        permissions.can_manage_organisation,
        Organisation.objects.managed_by,
    )


def test_deciding_on_a_change(readers: list[Reader], everybody: list[User]) -> None:
    changes = [
        EmployerChange.objects.create(
            person=one,
            new_email=f"nieuw{number}@voorbeeld.nl",
            new_organisation=two.organisation,
            old_organisation=one.organisation,
            secret_digest=digest(str(number)),
            expires_at=one.date_joined,
        )
        for number, (one, two) in enumerate(pairwise(everybody))
    ]
    assert_twins(readers, changes, permissions.can_decide_change, EmployerChange.objects.managed_by)


def test_consenting_to_a_reset(readers: list[Reader], everybody: list[User]) -> None:
    admins = [person for person in everybody if person.groups.filter(name="administrator")]
    resets = [
        FactorReset.objects.create(person=person, requested_by=admins[0], reason="Gebeld.")
        for person in everybody
        if person != admins[0]
    ]
    FactorReset.objects.filter(pk=resets[0].pk).update(status="ended")
    resets[0].refresh_from_db()
    assert_twins(
        readers,
        resets,
        permissions.can_consent_to_reset,
        FactorReset.objects.awaiting_consent_of,
    )


def test_needing_a_second_factor(everybody: list[User]) -> None:
    direct = UserFactory()
    direct.user_permissions.add(Permission.objects.get(codename="access_admin"))
    in_sql = set(User.objects.needing_second_factor().values_list("pk", flat=True))
    people = list(User.objects.with_standing())
    assert in_sql == {person.pk for person in people if factor.is_needed_by(person)}
    assert direct.pk in in_sql
    assert in_sql != {person.pk for person in people}


def test_an_upper_floor_can_make_the_second_factor_compulsory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from django.db.models import Q

    manager = UserFactory(email="manager@voorbeeld.nl")
    monkeypatch.setattr(factor, "_rules", [])
    factor.register(
        lambda person: person.email.startswith("manager"), lambda: Q(email__startswith="manager")
    )
    loaded = User.objects.with_standing().get(pk=manager.pk)
    assert factor.is_missing_for(loaded)
    assert list(User.objects.needing_second_factor()) == [manager]


def test_nobody_manages_oneself_and_strangers_manage_nobody(everybody: list[User]) -> None:
    for person in everybody:
        assert not permissions.can_manage_person(reader_for(person), person)
        assert not permissions.can_manage_person(ANONYMOUS, person)


def test_an_organisation_administrator_cannot_stop_a_platform_administrator() -> None:
    house = OrganisationFactory()
    own = UserFactory(organisation=house, roles=[Role.ORGANISATION_ADMINISTRATOR])
    admin = UserFactory(organisation=house, roles=[Role.ADMINISTRATOR])
    assert not permissions.can_manage_person(reader_for(own), admin)
    assert permissions.can_manage_person(reader_for(admin), own)


def test_a_token_nobody_knows_is_held_by_nobody() -> None:
    UserFactory()
    assert not User.objects.holding(f"community:{uuid4()}").exists()
