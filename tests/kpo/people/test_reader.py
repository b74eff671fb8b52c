"""The Reader: the same answer in Python and in SQL, in a fixed number of queries."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from kpo.people import reader as reader_module
from kpo.people import tokens
from kpo.people.backends import AccountBackend
from kpo.people.choices import Sector
from kpo.people.models import Circle, CircleGrant, CirclePart, User
from kpo.people.reader import ANONYMOUS, reader_for
from kpo.people.roles import Role
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
PART = st.sampled_from(
    [
        ("sector", "municipality"),
        ("sector", "riec"),
        ("sector", "bank"),
        ("role", "editor"),
        ("role", "mentor"),
        ("organisation", "first"),
        ("organisation", "second"),
        ("community", "unknown-kind"),
    ]
)


def test_a_public_partner_holds_public_accounts_and_public_sector() -> None:
    assert reader_for(UserFactory()).audiences == {"public", "accounts", "public-sector"}


def test_a_private_partner_does_not_hold_public_sector() -> None:
    assert reader_for(UserFactory(private=True)).audiences == {"public", "accounts"}


def test_strangers_and_stopped_accounts_are_anonymous() -> None:
    assert reader_for(AnonymousUser()) == ANONYMOUS
    assert reader_for(None) == ANONYMOUS
    assert reader_for(UserFactory(stopped=True)) == ANONYMOUS
    assert ANONYMOUS.is_anonymous
    assert ANONYMOUS.audiences == {"public"}


def test_a_person_who_was_never_saved_is_anonymous() -> None:
    assert reader_for(User(email="nieuw@voorbeeld.nl")) == ANONYMOUS


def test_the_reader_asks_the_database_and_not_the_object_in_hand() -> None:
    person = UserFactory()
    in_hand = User.objects.get(pk=person.pk)
    User.objects.filter(pk=person.pk).update(is_active=False, left_because="stopped")
    assert reader_for(in_hand) == ANONYMOUS


def test_nobody_holds_nobody_whatever_a_provider_says(monkeypatch: pytest.MonkeyPatch) -> None:
    person = UserFactory()
    for token in ("nobody", "public-sector", "", "circle:1"):
        monkeypatch.setattr(reader_module, "_providers", [lambda person, given=token: [given]])
        with pytest.raises(ValueError, match="audience provider"):
            reader_for(person)


def test_tokens_of_providers_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    token = f"community:{uuid4()}"
    monkeypatch.setattr(reader_module, "_providers", [lambda person: [token]])
    assert reader_for(UserFactory()).holds(token)


def test_a_circle_can_be_for_riec_staff_only() -> None:
    circle = CircleFactory(parts=[("sector", "riec")])
    inside = UserFactory(organisation=OrganisationFactory(sector=Sector.RIEC))
    assert reader_for(inside).holds(circle.token)
    assert not reader_for(UserFactory()).holds(circle.token)


def test_a_circle_without_parts_is_for_nobody() -> None:
    circle = CircleFactory()
    assert not reader_for(UserFactory(roles=[Role.ADMINISTRATOR])).holds(circle.token)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    circles=st.lists(st.lists(PART, max_size=3, unique=True), min_size=1, max_size=3),
    grants=st.sets(st.tuples(st.integers(0, 2), st.integers(0, 4)), max_size=4),
)
def test_holding_is_the_same_in_python_and_in_sql(
    world: list[User], circles: list[list[tuple[str, str]]], grants: set[tuple[int, int]]
) -> None:
    CircleGrant.objects.all().delete()
    Circle.objects.all().delete()
    named = {"first": world[0].organisation.uuid, "second": world[1].organisation.uuid}
    made = []
    for number, parts in enumerate(circles):
        circle = Circle.objects.create(name=f"Kring {number}")
        made.append(circle)
        for kind, value in parts:
            CirclePart.objects.create(circle=circle, kind=kind, value=str(named.get(value, value)))
    for which, who in grants:
        if which < len(made):
            CircleGrant.objects.get_or_create(circle=made[which], person=world[who])
    for token in [*tokens.FIXED, *(circle.token for circle in made), f"community:{uuid4()}", "x"]:
        # A stopped account reads what is public as a stranger does; it is not counted as a person.
        active = [person for person in world if person.is_active]
        in_python = {person.pk for person in active if reader_for(person).holds(token)}
        assert token == "public" or not reader_for(world[-1]).holds(token)
        in_sql = set(User.objects.holding(token).values_list("pk", flat=True))
        assert in_python == in_sql, token


@pytest.fixture
def world(db: None) -> list[User]:
    return [
        UserFactory(roles=[Role.EDITOR]),
        UserFactory(organisation=OrganisationFactory(sector=Sector.RIEC)),
        UserFactory(private=True, roles=[Role.MENTOR]),
        UserFactory(),
        UserFactory(stopped=True, organisation=OrganisationFactory(sector=Sector.RIEC)),
    ]


@pytest.mark.parametrize("count", [1, 50])
def test_a_reader_takes_two_queries_whatever_the_memberships(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = UserFactory(roles=[Role.EDITOR, Role.AUDITOR])
    for number in range(count):
        circle = CircleFactory(parts=[("sector", "municipality"), ("sector", f"sector-{number}")])
        CircleGrant.objects.create(circle=circle, person=person)
    with django_assert_num_queries(2):
        reader = reader_for(User(pk=person.pk))
    assert len(reader.audiences) == 3 + count


def test_what_the_session_loaded_is_not_asked_again(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = UserFactory(roles=[Role.EDITOR])
    CircleFactory(parts=[("role", "editor")])
    with django_assert_num_queries(1):
        loaded = AccountBackend().get_user(person.pk)
    with django_assert_num_queries(1):
        assert len(reader_for(loaded).audiences) == 4


def test_labels_of_many_circles_take_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    circles = [CircleFactory(name=f"Kring {number}") for number in range(5)]
    with django_assert_num_queries(1):
        found = tokens.labels(circle.token for circle in circles)
    assert found[circles[2].token] == "Kring: Kring 2"
    assert tokens.label(f"circle:{uuid4()}") == "Besloten"


def test_a_reader_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        ANONYMOUS.audiences = frozenset({"accounts"})  # type: ignore[misc]


@pytest.mark.parametrize(
    ("role", "opens"),
    [(Role.EDITOR, True), (Role.AUDITOR, True), (Role.TRAINER, False), (Role.READER, False)],
)
def test_who_has_work_in_the_cms_is_known_by_the_role(role: Role, opens: bool) -> None:
    person = UserFactory(roles=[role])
    assert reader_for(person).opens_cms is opens
