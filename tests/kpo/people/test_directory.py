"""The directory: who opted in, by what each shows to the one who looks, and nobody else."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from django.test import Client

from kpo.people.actions.accounts import deactivate
from kpo.people.actions.profile import change_profile
from kpo.people.choices import Region, ShownTo
from kpo.people.models import Block, User
from kpo.people.permissions import is_listed_for
from kpo.people.reader import ANONYMOUS, reader_for
from kpo.people.roles import Role
from tests.counting import queries_of
from tests.factories.pages import theme_page
from tests.factories.people import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def found(client: Client, **asked: str) -> set[str]:
    response = client.get("/mensen/", asked)
    assert response.status_code == 200
    return {line.person.last_name for line in response.context["lines"]}


def test_only_who_opted_in_is_found(sign_in: SignIn) -> None:
    UserFactory(last_name="Zichtbaar")
    listed = UserFactory(last_name="Gekozen", in_directory=True)
    client = sign_in(UserFactory())
    assert found(client) == {"Gekozen"}
    assert found(client, naam="zichtbaar") == set()
    change_profile(actor=listed, fields={"in_directory": False})
    assert found(client) == set()


def test_strangers_have_no_directory() -> None:
    UserFactory(in_directory=True)
    assert Client().get("/mensen/").status_code == 302
    assert not User.objects.listed_for(ANONYMOUS).exists()


def test_the_rule_is_the_same_in_sql_and_in_words() -> None:
    ours, theirs = OrganisationFactory(), OrganisationFactory()
    choices = itertools.product(ShownTo.values, (True, False), (ours, theirs), (True, False))
    people = [
        UserFactory(
            show_profile=level,
            in_directory=listed,
            organisation=house,
            **({} if active else {"is_active": False, "left_because": "stopped"}),
        )
        for level, listed, house, active in choices
    ]
    readers = [UserFactory(organisation=ours), UserFactory(private=True), UserFactory()]
    Block.objects.create(person=people[-2], blocked=readers[2])
    answers = set()
    for reader in [ANONYMOUS, *map(reader_for, readers)]:
        listed = set(User.objects.listed_for(reader))
        for person in people:
            assert (person in listed) == is_listed_for(reader, person), (reader, person)
            answers.add(person in listed)
    assert answers == {True, False}


def test_a_private_partner_finds_who_shows_it_to_every_account(sign_in: SignIn) -> None:
    UserFactory(last_name="Iedereen", in_directory=True, show_profile=ShownTo.ACCOUNTS)
    UserFactory(last_name="Publiek", in_directory=True, show_profile=ShownTo.PUBLIC_SECTOR)
    assert found(sign_in(UserFactory(private=True))) == {"Iedereen"}
    assert found(sign_in(UserFactory())) == {"Iedereen", "Publiek"}


def test_a_part_that_is_hidden_finds_nobody(sign_in: SignIn) -> None:
    theme = theme_page(title="Lege schuren", slug="lege-schuren")
    person = UserFactory(
        last_name="Kenner",
        in_directory=True,
        expertise="Kentekens en lege schuren",
        function="Jurist",
        interests=["lege-schuren"],
        show_expertise=ShownTo.NOBODY,
        show_function=ShownTo.PUBLIC_SECTOR,
        show_interests=ShownTo.OWN_ORGANISATION,
    )
    official, banker = sign_in(UserFactory()), sign_in(UserFactory(private=True))
    colleague = sign_in(UserFactory(organisation=person.organisation))
    for client in (official, banker, colleague):
        assert found(client, kennis="kentekens") == set()
    assert found(official, kennis="jurist") == {"Kenner"}
    assert found(banker, kennis="jurist") == set()
    assert found(official, thema=theme.slug) == set()
    assert found(colleague, thema=theme.slug) == {"Kenner"}
    page = official.get("/mensen/").content.decode()
    assert "Kentekens" not in page
    assert found(sign_in(person), kennis="kentekens schuren") == {"Kenner"}


def test_people_are_found_by_name_knowledge_organisation_and_region(sign_in: SignIn) -> None:
    south = OrganisationFactory(name="Gemeente Zuid", region=Region.LIMBURG)
    UserFactory(
        first_name="Noor", last_name="de Wit", in_directory=True, expertise="Havens en lading"
    )
    UserFactory(first_name="Jan", last_name="Bos", in_directory=True, organisation=south)
    client = sign_in(UserFactory())
    assert found(client, naam="noor  de") == {"de Wit"}
    assert found(client, naam="WIT") == {"de Wit"}
    assert found(client, kennis="lading haven") == {"de Wit"}
    assert found(client, organisatie=str(south.uuid)) == {"Bos"}
    assert found(client, regio=Region.LIMBURG) == {"Bos"}
    assert found(client, regio=Region.LIMBURG, naam="wit") == set()


def test_what_an_address_should_not_ask_is_as_if_left_empty(sign_in: SignIn) -> None:
    """A hidden organisation in the address tells nothing that an invented one does not."""
    UserFactory(last_name="Bos", in_directory=True)
    hidden = UserFactory(last_name="Stil").organisation
    client = sign_in(UserFactory())
    for asked in (
        {"organisatie": str(hidden.uuid)},
        {"organisatie": "niets"},
        {"regio": "nergens"},
        {"thema": "niets"},
        {"naam": "x" * 500},
        {"pagina": "999999999999"},
    ):
        assert found(client, **asked) == {"Bos"}, asked
    choices = client.get("/mensen/").context["form"].fields["organisatie"].queryset
    assert hidden not in choices


def test_what_is_asked_of_the_directory_stays_out_of_the_search_box(sign_in: SignIn) -> None:
    page = sign_in(UserFactory()).get("/mensen/", {"naam": "Bos"}).content.decode()
    assert 'value="naam=Bos"' not in page


def test_who_stopped_is_gone_at_once(sign_in: SignIn) -> None:
    person = UserFactory(last_name="Bos", in_directory=True)
    client = sign_in(UserFactory())
    assert found(client) == {"Bos"}
    deactivate(actor=UserFactory(roles=[Role.ADMINISTRATOR]), person=person)
    assert found(client) == set()


def test_people_opt_in_on_their_profile(sign_in: SignIn) -> None:
    person = UserFactory()
    client = sign_in(person)
    form = client.get("/mijn/profiel/").context["form"]
    told = {name: form[name].value() or "" for name in form.fields}
    told.pop("interests", None)
    assert client.post("/mijn/profiel/", told | {"in_directory": "on"}).status_code == 302
    person.refresh_from_db()
    assert person.in_directory


def test_a_long_directory_asks_as_much_as_a_short_one(sign_in: SignIn) -> None:
    client = sign_in(UserFactory())
    UserFactory(in_directory=True, interests=["niets"])
    client.get("/mensen/")
    few = queries_of(lambda: client.get("/mensen/"))
    for _ in range(12):
        UserFactory(in_directory=True, interests=["niets"])
    assert queries_of(lambda: client.get("/mensen/")) == few
