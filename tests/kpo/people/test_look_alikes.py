"""Addresses and names that look like another's, and texts that are not what they seem."""

import re

import pytest
from django import forms
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from kpo import jobs
from kpo.people import account_forms
from kpo.people import forms as people_forms
from kpo.people.actions.invitations import Newcomer, accept, invite
from kpo.people.cms import circles
from kpo.people.cms import people as cms_people
from kpo.people.models import Organisation, User
from kpo.people.names import clean_address, validate_name, validate_text
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.people import OrganisationFactory, UserFactory


@pytest.mark.parametrize(
    "address",
    [
        "sаnne@voorbeeld.nl",
        "sanne@vооrbeeld.nl",
        "sanne@voorbeeld.nl.",
        "sanne.@voorbeeld.nl",
        "sanne@voorbeeld..nl",
        "sanne@voorbeeld.nl\u200b",
        "sanne\u202e@voorbeeld.nl",
        "sanne@voorbeeld.nl\x00",
        "Sanne <sanne@voorbeeld.nl>",
        "sanne@voorbeeld.nl,ander@voorbeeld.nl",
        "sanne@voorbeeld.nl\nBcc: ander@voorbeeld.nl",
        "sanne@127.0.0.1",
    ],
)
def test_an_address_that_only_looks_like_one_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        clean_address(address)


def test_case_and_blanks_make_no_second_account() -> None:
    assert clean_address("  Sanne@VOORBEELD.nl ") == "sanne@voorbeeld.nl"


@pytest.mark.django_db
def test_an_address_with_a_plus_is_another_address_and_opens_nothing_of_the_first() -> None:
    UserFactory(email="sanne@voorbeeld.nl")
    assert not User.objects.filter(email=clean_address("sanne+1@voorbeeld.nl")).exists()
    page = Client().post("/inloggen/", {"login": "sanne+1@voorbeeld.nl", "password": "x" * 12})
    assert "_auth_user_id" not in page.client.session


@pytest.mark.parametrize(
    ("name", "is_fine"),
    [
        ("Noor de Wit-Şahin", True),
        ("Анна", True),
        ("Nооr", False),
        ("Noor\u202ereeheB", False),
        ("Noor\u200b", False),
        ("Noor\x00", False),
        ("Noor\nBeheer", False),
    ],
)
def test_a_name_is_what_it_looks_like(name: str, is_fine: bool) -> None:
    if is_fine:
        validate_name(name)
        return
    with pytest.raises(ValidationError):
        validate_name(name)


def test_a_longer_text_may_break_lines_and_join_signs_but_not_turn_around() -> None:
    validate_text("Eerste regel\r\n\ttweede 👩\u200d🚒")
    for text in ("a\u202eb", "a\u2066b", "a\u200fb", "a\x00b", "a\x1bb"):
        with pytest.raises(ValidationError):
            validate_text(text)


# --- Every text field ---
def all_forms() -> list[forms.BaseForm]:
    """Every form of this app that people fill in, ready to look at."""
    nobody = reader_for(None)
    own = [people_forms.AcceptForm(email="x@voorbeeld.nl"), people_forms.AccessRequestForm()]
    own += [people_forms.ProfileForm(reader=nobody), people_forms.EmployerForm()]
    own += [people_forms.InviteForm(), people_forms.ReasonForm(), cms_people.FindForm()]
    return [*own, cms_people.InviteAnywhereForm(), circles.CircleForm(), PasskeyFields()]


class PasskeyFields(forms.Form):
    """The one field of passkeys that a person types in, as our form has it."""

    name = account_forms.PasskeyNameField()


def judged(form: forms.BaseForm, name: str, text: str) -> None:
    """What the form says of a text in one field, its model included; raises ValidationError."""
    form.fields[name].clean(text)
    if isinstance(form, forms.BaseModelForm):
        columns = {column.name: column for column in type(form.instance)._meta.fields}
        if name in columns:
            columns[name].run_validators(text)


def text_fields() -> list[tuple[str, forms.BaseForm, str]]:
    return [
        (f"{type(form).__name__}.{name}", form, name)
        for form in all_forms()
        for name, field in form.fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.HiddenInput)
    ]


@pytest.mark.django_db
def test_every_text_field_has_a_limit_and_keeps_to_it_and_takes_no_null() -> None:
    fields = text_fields()
    assert len(fields) > 20
    for label, form, name in fields:
        limit = form.fields[name].max_length
        assert limit, label
        for text in ("a" * (limit + 1), "a\x00b"):
            with pytest.raises(ValidationError):
                judged(form, name, text)


@pytest.mark.django_db
def test_every_text_that_others_read_refuses_to_turn_around() -> None:
    # Read by nobody, or with rules of their own: see the tests of the profile and of circles.
    typed_only = ("password", "FindForm.q", "CircleForm.people", "ProfileForm.phone")
    for label, form, name in text_fields():
        if not label.endswith(typed_only):
            with pytest.raises(ValidationError):
                judged(form, name, "12\u202e34")


@pytest.mark.django_db
def test_a_model_refuses_it_too() -> None:
    house = OrganisationFactory()
    house.name = "Gemeente\u202e"
    with pytest.raises(ValidationError, match="onzichtbaar teken"):
        house.full_clean()
    assert Organisation.objects.get().name != house.name


# --- Double submits ---
@pytest.mark.django_db
def test_who_sends_the_accepted_form_twice_ends_at_the_own_profile(client: Client) -> None:
    inviter = UserFactory(roles=[Role.ORGANISATION_ADMINISTRATOR])
    secret = invited(inviter, "noor@voorbeeld.nl")
    form = {"first_name": "Noor", "last_name": "Smit", "password": "vier-woorden-op-een-rij"}
    for _ in range(2):
        answer = client.post(f"/uitnodiging/{secret}/", form)
        assert answer.status_code == 302
        assert answer["Location"] == "/mijn/profiel/"
    assert Client().post(f"/uitnodiging/{secret}/", form).status_code == 404
    other = invited(inviter, "sam@voorbeeld.nl")
    accept(secret=other, newcomer=Newcomer("Sam", "Bos", "vier-woorden-op-een-rij"))
    assert client.post(f"/uitnodiging/{other}/", form).status_code == 404


def invited(inviter: User, email: str) -> str:
    invite(actor=inviter, email=email, organisation=inviter.organisation)
    jobs.drain()
    return re.search(r"/uitnodiging/([^/\s]+)/", mail.outbox[-1].body)[1]
