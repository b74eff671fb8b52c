"""A profile shows what its owner chose to whom the owner chose."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.safestring import mark_safe

from kpo.people import panels, profile
from kpo.people.actions.profile import change_profile
from kpo.people.choices import ShownTo
from kpo.people.models import User
from kpo.people.reader import ANONYMOUS, reader_for
from tests.factories.people import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
LEVELS = ShownTo.values


def owner(level: str) -> User:
    parts = {f"show_{part}": level for part in profile.PARTS}
    return UserFactory(
        function="Adviseur",
        expertise="Vastgoed",
        phone="06 1234",
        interests=["vastgoed"],
        show_profile=ShownTo.ACCOUNTS,
        **parts,
    )


@pytest.mark.parametrize("level", LEVELS)
def test_every_part_reaches_exactly_whom_it_is_shown_to(level: str) -> None:
    person = owner(level)
    colleague = UserFactory(organisation=person.organisation)
    reach = {
        "nobody": set(),
        "own-organisation": {"colleague"},
        "public-sector": {"colleague", "public"},
        "accounts": {"colleague", "public", "private"},
    }
    readers = {
        "colleague": reader_for(colleague),
        "public": reader_for(UserFactory()),
        "private": reader_for(UserFactory(private=True)),
        "stranger": ANONYMOUS,
    }
    for name, reader in readers.items():
        shown = person.shown_to_reader(reader)
        for part in profile.PARTS:
            assert (part in shown) is (name in reach[level]), (name, part)
    assert set(profile.PARTS) <= person.shown_to_reader(reader_for(person)).keys()


def test_what_is_shown_to_accounts_is_what_search_may_find() -> None:
    person = owner(ShownTo.ACCOUNTS)
    person.show_email = ShownTo.PUBLIC_SECTOR
    assert person.shown_to("accounts") == {
        "name": person.get_full_name(),
        "organisation": person.organisation.name,
        "function": "Adviseur",
        "expertise": "Vastgoed",
        "interests": ["vastgoed"],
        "phone": "06 1234",
    }
    assert person.shown_to("public-sector")["email"] == person.email
    assert person.shown_to("public") == {}
    assert person.shown_to(f"community:{uuid4()}") == {}


@pytest.mark.parametrize("level", [level for level in LEVELS if level != "accounts"])
def test_who_hides_the_name_shows_nothing_to_accounts(level: str) -> None:
    person = owner(ShownTo.ACCOUNTS)
    person.show_profile = level
    person.save()
    assert person.shown_to("accounts") == {}
    assert not User.objects.shown_to("accounts").filter(pk=person.pk).exists()


def test_a_stopped_person_shows_nothing() -> None:
    person = UserFactory(stopped=True)
    assert person.shown_to("accounts") == {}


def test_the_page_of_a_hidden_person_is_the_page_of_nobody(
    sign_in: Callable[[User], Client],
) -> None:
    hidden = UserFactory(show_profile=ShownTo.NOBODY)
    client = sign_in(UserFactory())
    pages = {
        client.get(f"/mensen/{uuid}/").content.replace(str(uuid).encode(), b"")
        for uuid in (hidden.uuid, uuid4())
    }
    assert client.get(f"/mensen/{hidden.uuid}/").status_code == 404
    bare = {strip_nonce(page) for page in pages}
    assert len(bare) == 1


def strip_nonce(page: bytes) -> bytes:
    import re

    page = re.sub(rb'nonce="[^"]+"', b"", page)
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", page)


def test_the_page_shows_what_is_shown_and_no_more(sign_in: Callable[[User], Client]) -> None:
    person = owner(ShownTo.OWN_ORGANISATION)
    page = sign_in(UserFactory()).get(f"/mensen/{person.uuid}/").content.decode()
    assert person.get_full_name() in page
    assert "Vastgoed" not in page
    assert person.email not in page
    colleague = UserFactory(organisation=person.organisation)
    page = sign_in(colleague).get(f"/mensen/{person.uuid}/").content.decode()
    assert "Vastgoed" in page
    assert person.email in page


def test_interests_a_reader_may_not_see_are_left_out(
    sign_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile, "_interest_sources", [lambda reader: [("vastgoed", "Vastgoed!")]])
    person = UserFactory(interests=["vastgoed", "geheim-thema"])
    page = sign_in(UserFactory()).get(f"/mensen/{person.uuid}/").content.decode()
    assert "Vastgoed!" in page
    assert "geheim-thema" not in page


def test_panels_of_other_floors_stand_on_the_page_in_order(
    sign_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "_panels", {})
    panels.register(lambda request, person: mark_safe("<p>tweede</p>"), order=20)
    panels.register(lambda request, person: mark_safe("<p>eerste</p>"), order=10)
    panels.register(lambda request, person: mark_safe(""), order=30)
    person = UserFactory()
    page = sign_in(person).get(f"/mensen/{person.uuid}/").content.decode()
    assert page.index("eerste") < page.index("tweede")


# --- Changing it ---
def filled(person: User, **changes: str) -> dict[str, str]:
    names = ["first_name", "last_name", "function", "expertise", "phone", "show_profile"]
    names += [f"show_{part}" for part in profile.PARTS if part != "interests"]
    return {name: getattr(person, name) for name in names} | changes


def test_a_person_changes_the_own_profile(sign_in: Callable[[User], Client]) -> None:
    person = UserFactory()
    answer = sign_in(person).post(
        "/mijn/profiel/", filled(person, function="Jurist", show_function="nobody")
    )
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.function, person.show_function) == ("Jurist", "nobody")


def test_nothing_but_the_profile_can_be_changed_through_the_form(
    sign_in: Callable[[User], Client],
) -> None:
    person = UserFactory()
    elsewhere = OrganisationFactory()
    before = (person.email, person.organisation_id, person.access_key)
    extra = {"email": "x@y.nl", "organisation": elsewhere.pk, "is_superuser": "1", "is_active": ""}
    sign_in(person).post("/mijn/profiel/", filled(person, **extra))
    person.refresh_from_db()
    assert (person.email, person.organisation_id, person.access_key) == before
    with pytest.raises(ValueError, match="Not part of one's own profile"):
        change_profile(actor=person, fields={"is_superuser": True})


def test_what_was_typed_is_kept_and_the_header_keeps_the_old_name(
    sign_in: Callable[[User], Client],
) -> None:
    person = UserFactory(first_name="Sanne", last_name="de Wit")
    page = sign_in(person).post(
        "/mijn/profiel/", filled(person, first_name="Sаnne", phone="bel me maar")
    )
    assert page.status_code == 422
    text = page.content.decode()
    assert "bel me maar" in text
    assert "Sanne de Wit" in text
    person.refresh_from_db()
    assert person.phone == ""


@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", "+31 6 12 34 56 78 90 12 34 56 78 90 12 34 56"]
)
def test_odd_phone_numbers_are_refused(value: str, sign_in: Callable[[User], Client]) -> None:
    person = UserFactory()
    assert sign_in(person).post("/mijn/profiel/", filled(person, phone=value)).status_code == 422
