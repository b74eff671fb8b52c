"""Asking for an account: the same answer to everyone, a decision with a reason."""

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from kpo import jobs
from kpo.people.actions.requests import accept_request, reject_request
from kpo.people.models import AccessRequest, Invitation, User
from kpo.people.roles import Role
from tests.factories.people import OrganisationFactory, UserFactory

DELIVER = "kpo.people.mail.deliver"
pytestmark = pytest.mark.django_db
PATH = "/account-aanvragen/"
FORM = {
    "first_name": "Noor",
    "last_name": "Smit",
    "email": "noor@gemeente.example",
    "organisation_name": "Gemeente Elders",
    "function": "Toezichthouder",
    "motivation": "Ik controleer vakantieparken.",
    "website": "",
}


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def admin() -> User:
    return UserFactory(roles=[Role.ADMINISTRATOR])


@pytest.fixture
def wanted() -> AccessRequest:
    return AccessRequest.objects.create(**{k: v for k, v in FORM.items() if k != "website"})


def test_the_answer_is_the_same_for_new_known_and_asked_before(wanted: AccessRequest) -> None:
    UserFactory(email="bekend@gemeente.example")
    UserFactory(email="gestopt@gemeente.example", stopped=True)
    answers = set()
    for number, address in enumerate(
        [wanted.email, "bekend@gemeente.example", "gestopt@gemeente.example", "nieuw@x.example"]
    ):
        before = jobs.pending(task=DELIVER)
        visitor = Client(REMOTE_ADDR=f"192.0.2.{number}")
        answer = visitor.post(PATH, {**FORM, "email": address})
        answers.add(
            (
                answer.status_code,
                answer["Location"],
                jobs.pending(task=DELIVER) - before,
            )
        )
    assert answers == {(302, "/account-aanvragen/verstuurd/", 1)}
    assert AccessRequest.objects.count() == 2
    assert set(AccessRequest.objects.values_list("email", flat=True)) == {
        wanted.email,
        "nieuw@x.example",
    }


def test_accepting_sends_an_invitation_to_the_address_that_asked(
    admin: User, wanted: AccessRequest
) -> None:
    house = OrganisationFactory(email_domains=["elders.example"])
    accept_request(actor=admin, request=wanted, organisation=house, reason="Bekend bij ons.")
    wanted.refresh_from_db()
    invitation = Invitation.objects.get()
    assert (wanted.status, wanted.invitation) == ("accepted", invitation)
    assert (invitation.email, invitation.organisation) == (wanted.email, house)
    jobs.drain()
    assert re.search(r"/uitnodiging/\S+/", mail.outbox[-1].body)
    assert not User.objects.filter(email=wanted.email).exists()


def test_rejecting_tells_why(admin: User, wanted: AccessRequest) -> None:
    reject_request(actor=admin, request=wanted, reason="Dit past niet bij je werk.")
    jobs.drain()
    assert "Dit past niet bij je werk." in mail.outbox[-1].body
    assert mail.outbox[-1].to == [wanted.email]


def test_a_decision_takes_a_reason_an_administrator_and_happens_once(
    admin: User, wanted: AccessRequest
) -> None:
    with pytest.raises(ValidationError, match="reden"):
        reject_request(actor=admin, request=wanted, reason=" ")
    for person in (UserFactory(), UserFactory(roles=[Role.ORGANISATION_ADMINISTRATOR])):
        with pytest.raises(PermissionDenied):
            reject_request(actor=person, request=wanted, reason="Nee.")
    reject_request(actor=admin, request=wanted, reason="Nee.")
    with pytest.raises(ValidationError, match="al besloten"):
        accept_request(
            actor=admin, request=wanted, organisation=OrganisationFactory(), reason="Toch wel."
        )


def test_the_database_wants_a_reason_too(wanted: AccessRequest) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.filter(pk=wanted.pk).update(status="accepted")


def test_programs_that_fill_in_everything_leave_nothing(client: Client) -> None:
    assert client.post(PATH, {**FORM, "website": "x"}).status_code == 302
    assert not AccessRequest.objects.exists()
    assert jobs.pending(task=DELIVER) == 0


def test_too_many_from_one_place_are_refused_with_what_was_typed(client: Client) -> None:
    for number in range(5):
        client.post(PATH, {**FORM, "email": f"a{number}@x.example"})
    page = client.post(PATH, FORM, headers={"x-forwarded-for": "203.0.113.5"})
    assert page.status_code == 429
    assert "Ik controleer vakantieparken." in page.content.decode()
    assert AccessRequest.objects.count() == 5


@pytest.mark.parametrize("name", [k for k in FORM if k not in ("website", "email")])
def test_every_field_at_its_limit_plus_one_is_refused_and_kept(client: Client, name: str) -> None:
    limit = AccessRequest._meta.get_field(name).max_length
    page = client.post(PATH, {**FORM, name: "a" * (limit + 1)})
    assert page.status_code == 422
    assert "Toezichthouder" in page.content.decode() or name == "function"
    assert not AccessRequest.objects.exists()


def test_null_characters_and_markup_do_no_harm(client: Client) -> None:
    page = client.post(PATH, {**FORM, "motivation": "a\x00b"})
    assert page.status_code == 422
    assert client.post(PATH, {**FORM, "motivation": "<script>x</script>"}).status_code == 302
