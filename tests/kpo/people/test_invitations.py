"""An invitation gives one account, once, to one address at one organisation."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from kpo import jobs
from kpo.audit.models import Entry
from kpo.people.actions.invitations import Newcomer, accept, invite, invite_again, withdraw
from kpo.people.models import Invitation, User
from kpo.people.models.invitation import digest
from kpo.people.roles import Role
from tests.factories.people import OrganisationFactory, UserFactory

NEWCOMER = Newcomer("Noor", "Smit", "vier-woorden-op-een-rij")
FORM = {"first_name": "Noor", "last_name": "Smit", "password": "vier-woorden-op-een-rij"}


@pytest.fixture
def inviter(db: None) -> User:
    house = OrganisationFactory(email_domains=["utrecht.example"])
    return UserFactory(organisation=house, roles=[Role.ORGANISATION_ADMINISTRATOR])


def secret_in_mail() -> str:
    jobs.drain()
    return re.search(r"/uitnodiging/([^/\s]+)/", mail.outbox[-1].body)[1]


def invited(inviter: User, email: str = "noor@utrecht.example") -> str:
    invite(actor=inviter, email=email, organisation=inviter.organisation)
    return secret_in_mail()


def test_accepting_makes_an_account_at_that_organisation_with_a_verified_address(
    inviter: User,
) -> None:
    person = accept(secret=invited(inviter, "Noor@Utrecht.example"), newcomer=NEWCOMER)
    assert person.organisation == inviter.organisation
    assert person.email == "noor@utrecht.example"
    address = person.emailaddress_set.get()
    assert (address.email, address.verified, address.primary) == (person.email, True, True)


def test_an_invitation_works_once(inviter: User) -> None:
    secret = invited(inviter)
    accept(secret=secret, newcomer=NEWCOMER)
    with pytest.raises(ValidationError, match="niet meer geldig"):
        accept(secret=secret, newcomer=NEWCOMER)
    assert User.objects.filter(email="noor@utrecht.example").count() == 1


def test_an_expired_invitation_gives_nothing(inviter: User) -> None:
    secret = invited(inviter)
    with (
        time_machine.travel(timezone.now() + timedelta(days=15), tick=False),
        pytest.raises(ValidationError),
    ):
        accept(secret=secret, newcomer=NEWCOMER)


def test_a_withdrawn_invitation_gives_nothing(inviter: User) -> None:
    secret = invited(inviter)
    withdraw(actor=inviter, invitation=Invitation.objects.get())
    with pytest.raises(ValidationError):
        accept(secret=secret, newcomer=NEWCOMER)


def test_a_new_link_replaces_the_old_one(inviter: User) -> None:
    old = invited(inviter)
    invite_again(actor=inviter, invitation=Invitation.objects.get())
    new = secret_in_mail()
    with pytest.raises(ValidationError):
        accept(secret=old, newcomer=NEWCOMER)
    assert accept(secret=new, newcomer=NEWCOMER).email == "noor@utrecht.example"


def test_only_a_digest_of_the_secret_is_stored_and_none_of_it_is_logged(
    inviter: User, client: Client
) -> None:
    secret = invited(inviter)
    client.post(f"/uitnodiging/{secret}/", FORM)
    assert Invitation.objects.get().secret_digest == digest(secret)
    for entry in Entry.objects.values():
        assert secret not in str(entry)
    assert Entry.objects.filter(origin="/uitnodiging/<str:token>/").exists()


def test_organisation_administrators_invite_for_their_own_organisation_and_domains_only(
    inviter: User,
) -> None:
    with pytest.raises(PermissionDenied):
        invite(actor=inviter, email="a@b.nl", organisation=OrganisationFactory())
    with pytest.raises(ValidationError, match=r"utrecht\.example"):
        invite(actor=inviter, email="noor@gmail.example", organisation=inviter.organisation)


@pytest.mark.django_db
def test_a_reader_may_not_invite() -> None:
    reader = UserFactory()
    with pytest.raises(PermissionDenied):
        invite(actor=reader, email="a@b.nl", organisation=reader.organisation)


def test_one_organisation_neither_undoes_nor_sees_the_invitation_of_another(
    inviter: User, sign_in: Callable[[User], Client]
) -> None:
    first = invited(inviter)
    other = UserFactory(roles=[Role.ORGANISATION_ADMINISTRATOR])
    client = sign_in(other)
    for address in ("noor@utrecht.example", "niemand@utrecht.example"):
        answer = client.post("/organisatie/uitnodigen/", {"email": address})
        assert (answer.status_code, answer["Location"]) == (302, "/organisatie/")
    assert accept(secret=first, newcomer=NEWCOMER).organisation == inviter.organisation


def test_of_two_invitations_the_first_that_is_accepted_counts(inviter: User) -> None:
    first = invited(inviter)
    other = UserFactory(roles=[Role.ORGANISATION_ADMINISTRATOR])
    second = invited(other)
    assert accept(secret=second, newcomer=NEWCOMER).organisation == other.organisation
    with pytest.raises(ValidationError, match="niet meer geldig"):
        accept(secret=first, newcomer=NEWCOMER)


def test_inviting_someone_with_an_account_looks_the_same_and_mails_the_way_to_change(
    inviter: User,
) -> None:
    known = UserFactory(email="bekend@utrecht.example")
    invite(actor=inviter, email=known.email, organisation=inviter.organisation)
    jobs.drain()
    assert "/mijn/werkgever/" in mail.outbox[-1].body
    assert "/uitnodiging/" not in mail.outbox[-1].body
    assert Invitation.objects.usable().filter(email=known.email).exists()


@pytest.mark.parametrize(
    "address", ["nоor@utrecht.example", "x", "a@b", "noor@utrecht.example\n.nl"]
)
def test_look_alike_and_broken_addresses_are_refused(inviter: User, address: str) -> None:
    with pytest.raises(ValidationError):
        invite(actor=inviter, email=address, organisation=inviter.organisation)


# --- The page behind the link ---
def test_the_page_makes_the_account_and_signs_in(inviter: User, client: Client) -> None:
    path = f"/uitnodiging/{invited(inviter)}/"
    assert "noor@utrecht.example" in client.get(path).content.decode()
    done = client.post(path, FORM)
    assert done["Location"] == "/mijn/profiel/"
    assert client.get("/mijn/profiel/").status_code == 200
    assert Client().get(path).status_code == 404


def test_what_was_typed_is_kept_when_the_password_is_too_easy(
    inviter: User, client: Client
) -> None:
    path = f"/uitnodiging/{invited(inviter)}/"
    page = client.post(path, {**FORM, "password": "noor"})
    assert page.status_code == 422
    assert 'value="Smit"' in page.content.decode()
    assert not User.objects.filter(email="noor@utrecht.example").exists()


def test_a_mixed_script_name_is_refused_with_a_sentence(inviter: User, client: Client) -> None:
    page = client.post(f"/uitnodiging/{invited(inviter)}/", {**FORM, "last_name": "Smіt"})
    assert page.status_code == 422
    assert "twee schriften" in page.content.decode()


def test_every_link_that_does_not_work_gives_the_same_page(
    inviter: User, sign_in: Callable[[User], Client]
) -> None:
    used, withdrawn = invited(inviter, "a@utrecht.example"), invited(inviter, "b@utrecht.example")
    accept(secret=used, newcomer=NEWCOMER)
    withdraw(actor=inviter, invitation=Invitation.objects.get(email="b@utrecht.example"))
    pages = {
        re.sub(r'nonce="[^"]+"', "", Client().get(f"/uitnodiging/{secret}/").content.decode())
        for secret in (used, withdrawn, "x", "y" * 200)
    }
    assert len(pages) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_accept_at_once_make_one_account() -> None:
    house = OrganisationFactory()
    admin = UserFactory(organisation=house, roles=[Role.ORGANISATION_ADMINISTRATOR])
    invite(actor=admin, email="noor@utrecht.example", organisation=house)
    secret = secret_in_mail()
    start = threading.Barrier(8)
    outcomes: list[str] = []

    def try_it() -> None:
        start.wait()
        try:
            accept(secret=secret, newcomer=NEWCOMER)
            outcomes.append("account")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["account", *["refused"] * 7]
    assert User.objects.filter(email="noor@utrecht.example").count() == 1
