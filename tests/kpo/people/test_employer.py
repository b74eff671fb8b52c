"""Changing employer: nothing changes until the new organisation says so, then everything does."""

import re
from collections.abc import Callable

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from kpo import jobs
from kpo.people import renewals
from kpo.people.actions.circles import add_to_circle
from kpo.people.actions.employer import (
    ask_change,
    confirm_change,
    decide_renewal,
    prove_address,
    refuse_change,
)
from kpo.people.choices import Kind
from kpo.people.models import EmployerChange, Organisation, Renewal, User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW = "sanne@bank.example"


@pytest.fixture
def bank() -> Organisation:
    return OrganisationFactory(name="Bank", kind=Kind.PRIVATE, email_domains=["bank.example"])


@pytest.fixture
def decider(bank: Organisation) -> User:
    return UserFactory(organisation=bank, roles=[Role.ORGANISATION_ADMINISTRATOR])


@pytest.fixture
def person() -> User:
    return UserFactory(email="sanne@gemeente.example", roles=[Role.EDITOR])


def asked(person: User, organisation: Organisation, email: str = NEW) -> tuple[EmployerChange, str]:
    change = ask_change(actor=person, email=email, organisation=organisation, function="Analist")
    jobs.drain()
    found = re.search(r"/mijn/werkgever/bevestigen/([^/\s]+)/", mail.outbox[-1].body)
    return change, found[1] if found else ""


def changed(person: User, decider: User) -> User:
    change, secret = asked(person, decider.organisation)
    prove_address(actor=person, secret=secret)
    confirm_change(actor=decider, change=change)
    return User.objects.get(pk=person.pk)


def test_rights_address_and_function_follow_the_new_organisation_at_once(
    person: User, decider: User
) -> None:
    assert reader_for(person).holds("public-sector")
    moved = changed(person, decider)
    assert (moved.email, moved.function) == (NEW, "Analist")
    assert not reader_for(moved).holds("public-sector")
    address = moved.emailaddress_set.get()
    assert (address.email, address.verified) == (NEW, True)


def test_sessions_of_the_old_employer_end(
    person: User, decider: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(person)
    changed(person, decider)
    assert client.get("/mijn/profiel/")["Location"].startswith("/inloggen/")


def test_roles_and_circles_end_and_are_asked_again(person: User, decider: User) -> None:
    admin = UserFactory(roles=[Role.ADMINISTRATOR])
    circle = CircleFactory()
    add_to_circle(actor=admin, circle=circle, person=person)
    assert reader_for(person).holds(circle.token)
    moved = changed(person, decider)
    assert reader_for(moved).roles == {Role.READER}
    assert not reader_for(moved).holds(circle.token)
    asked_again = Renewal.objects.open().filter(person=moved)
    assert {(row.kind, row.value) for row in asked_again} == {
        ("role", "editor"),
        ("circle", str(circle.uuid)),
    }
    for row in asked_again:
        decide_renewal(actor=admin, renewal=row, granted=row.kind == "circle")
    assert reader_for(moved).holds(circle.token)
    assert reader_for(moved).roles == {Role.READER}


def test_managing_the_old_organisation_ends_and_is_not_asked_again(decider: User) -> None:
    person = UserFactory(roles=[Role.ORGANISATION_ADMINISTRATOR])
    moved = changed(person, decider)
    assert reader_for(moved).roles == {Role.READER}
    assert not Renewal.objects.filter(person=moved).exists()


def test_a_circle_by_sector_follows_by_itself(person: User, decider: User) -> None:
    circle = CircleFactory(parts=[("organisation", str(decider.organisation.uuid))])
    assert not reader_for(person).holds(circle.token)
    assert reader_for(changed(person, decider)).holds(circle.token)


def test_nothing_changes_before_the_address_is_proven_and_confirmed(
    person: User, decider: User
) -> None:
    change, secret = asked(person, decider.organisation)
    with pytest.raises(ValidationError):
        confirm_change(actor=decider, change=change)
    prove_address(actor=person, secret=secret)
    person.refresh_from_db()
    assert person.email == "sanne@gemeente.example"
    assert person.organisation != decider.organisation


def test_only_the_new_organisation_or_an_administrator_confirms(
    person: User, decider: User
) -> None:
    change, secret = asked(person, decider.organisation)
    prove_address(actor=person, secret=secret)
    old = UserFactory(organisation=person.organisation, roles=[Role.ORGANISATION_ADMINISTRATOR])
    for actor in (person, old, UserFactory(organisation=decider.organisation)):
        with pytest.raises(PermissionDenied):
            confirm_change(actor=actor, change=change)
    confirm_change(actor=UserFactory(roles=[Role.ADMINISTRATOR]), change=change)


def test_an_administrator_does_not_confirm_the_own_change(decider: User) -> None:
    admin = UserFactory(roles=[Role.ADMINISTRATOR])
    UserFactory(roles=[Role.ADMINISTRATOR])
    change, secret = asked(admin, decider.organisation)
    prove_address(actor=admin, secret=secret)
    with pytest.raises(PermissionDenied):
        confirm_change(actor=admin, change=change)


def test_the_link_works_for_the_person_who_asked_only(person: User, decider: User) -> None:
    _, secret = asked(person, decider.organisation)
    with pytest.raises(ValidationError, match="werkt niet meer"):
        prove_address(actor=UserFactory(), secret=secret)


def test_a_taken_address_answers_the_same_and_leads_nowhere(person: User, decider: User) -> None:
    UserFactory(email=NEW)
    change, secret = asked(person, decider.organisation)
    assert secret == ""
    assert change.status == EmployerChange.Status.UNVERIFIED
    assert mail.outbox[-1].to == [NEW]


def test_an_address_taken_meanwhile_is_refused_at_the_end(person: User, decider: User) -> None:
    change, secret = asked(person, decider.organisation)
    prove_address(actor=person, secret=secret)
    UserFactory(email=NEW)
    with pytest.raises(ValidationError, match="ander account"):
        confirm_change(actor=decider, change=change)


def test_an_address_of_another_domain_is_refused_with_the_right_ones(
    person: User, bank: Organisation
) -> None:
    with pytest.raises(ValidationError, match=r"bank\.example"):
        ask_change(actor=person, email="sanne@elders.example", organisation=bank)


def test_another_address_at_the_same_organisation_keeps_roles(person: User) -> None:
    decider = UserFactory(organisation=person.organisation, roles=[Role.ORGANISATION_ADMINISTRATOR])
    change, secret = asked(person, person.organisation, "s.dewit@gemeente.example")
    prove_address(actor=person, secret=secret)
    confirm_change(actor=decider, change=change)
    moved = User.objects.get(pk=person.pk)
    assert moved.email == "s.dewit@gemeente.example"
    assert reader_for(moved).has_role(Role.EDITOR)


def test_a_refusal_changes_nothing_and_says_why(person: User, decider: User) -> None:
    change, secret = asked(person, decider.organisation)
    prove_address(actor=person, secret=secret)
    refuse_change(actor=decider, change=change, reason="We kennen je niet.")
    jobs.drain()
    assert "We kennen je niet." in mail.outbox[-1].body
    assert User.objects.get(pk=person.pk).email == "sanne@gemeente.example"


def test_a_second_request_replaces_the_first(person: User, decider: User) -> None:
    _, first = asked(person, decider.organisation)
    asked(person, decider.organisation, "s@bank.example")
    with pytest.raises(ValidationError):
        prove_address(actor=person, secret=first)
    assert EmployerChange.objects.open().count() == 1


def test_the_new_organisation_hears_of_it_and_without_one_the_administrators(
    person: User, decider: User
) -> None:
    _, secret = asked(person, decider.organisation)
    prove_address(actor=person, secret=secret)
    jobs.drain()
    assert mail.outbox[-1].to == [decider.email]
    admin = UserFactory(roles=[Role.ADMINISTRATOR])
    empty = OrganisationFactory()
    _, secret = asked(person, empty, "sanne@leeg.example")
    prove_address(actor=person, secret=secret)
    jobs.drain()
    assert mail.outbox[-1].to == [admin.email]


def test_an_upper_floor_can_have_its_memberships_end_too(
    person: User, decider: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = renewals.RenewalKind(
        "community", lambda person: ["a"], lambda person, value, giver: None, str
    )
    monkeypatch.setitem(renewals._kinds, "community", kind)
    moved = changed(person, decider)
    assert Renewal.objects.filter(person=moved, kind="community", value="a").exists()


# --- The pages ---
def test_the_whole_story_through_the_pages(
    person: User, decider: User, sign_in: Callable[[User], Client]
) -> None:
    mine, theirs = sign_in(person), sign_in(decider)
    form = {"organisation": decider.organisation.uuid, "email": NEW, "function": "Analist"}
    mine.post("/mijn/werkgever/", form)
    jobs.drain()
    path = re.search(r"/mijn/werkgever/bevestigen/[^/\s]+/", mail.outbox[-1].body)[0]
    mine.get(path)
    assert EmployerChange.objects.get().status == "unverified"
    mine.post(path)
    assert NEW in theirs.get("/organisatie/").content.decode()
    theirs.post(f"/organisatie/wisselingen/{EmployerChange.objects.get().uuid}/bevestigen/")
    assert User.objects.get(pk=person.pk).organisation == decider.organisation


def test_what_was_typed_is_kept_when_the_address_does_not_fit(
    person: User, bank: Organisation, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(person).post(
        "/mijn/werkgever/", {"organisation": bank.uuid, "email": "x@elders.example"}
    )
    assert page.status_code == 422
    assert "x@elders.example" in page.content.decode()


def test_no_row_number_of_an_organisation_is_in_the_form(
    person: User, bank: Organisation, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(person).get("/mijn/werkgever/").content.decode()
    assert f'value="{bank.uuid}"' in page
    assert f'value="{bank.pk}"' not in page


# --- What else ends ---
def test_an_account_of_the_old_employer_no_longer_signs_in(person: User, decider: User) -> None:
    SocialAccount.objects.create(user=person, uid="1", provider="werkplek")
    changed(person, decider)
    assert not SocialAccount.objects.filter(user=person).exists()


def test_a_link_to_reset_the_password_that_the_old_address_got_is_dead(
    person: User, decider: User
) -> None:
    Client().post("/wachtwoord-vergeten/", {"email": person.email})
    jobs.drain()
    link = re.search(r"/wachtwoord-vergeten/nieuw/\S+", mail.outbox[-1].body)[0]
    assert "werkt niet meer" not in Client().get(link, follow=True).content.decode()
    changed(person, decider)
    assert "werkt niet meer" in Client().get(link, follow=True).content.decode()
