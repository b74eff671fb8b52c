"""What is declared about a person holds for every declaration: exported, erased, kept no longer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from kpo.audit.models import Entry
from kpo.people import privacy
from kpo.people.actions.erasure import erase_person
from kpo.people.jobs import apply_retention
from kpo.people.models import User
from kpo.people.own_data import collect, declared_for
from kpo.people.privacy import Declaration
from tests.factories.people import UserFactory
from tests.factories.rows import NEUTRAL, row_for

pytestmark = pytest.mark.django_db
CANARY = "Kwikstaart"
ABOUT_ROWS = [one for one in privacy.declarations() if one.person != "pk"]
DATED = [one for one in ABOUT_ROWS if one.keep_days is not None and one.table is not Entry]


def name_of(one: Declaration) -> str:
    return f"{one.model}.{one.person}"


@pytest.fixture
def person() -> User:
    return UserFactory(
        first_name=CANARY,
        last_name=f"de {CANARY}",
        email=f"{CANARY.lower()}@voorbeeld.nl",
        function=CANARY,
        expertise=CANARY,
        phone="06 12121212",
    )


def held(one: Declaration, person: User) -> object:
    """A row about the person, with the canary where the whole row goes at an erasure."""
    return row_for(one, person, CANARY if one.on_erase == "delete" else NEUTRAL)


def every_table() -> dict[str, str]:
    """All rows of all tables as text, by the name of the table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  a table's own name
            found[table] = str(cursor.fetchall()).lower()
    return found


def test_every_link_to_a_person_is_declared_those_of_libraries_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert privacy.unknown_links() == []
    fewer = [one for one in privacy.declarations() if one.model != "wagtailcore.Comment"]
    monkeypatch.setattr(privacy, "_declarations", fewer)
    assert privacy.unknown_links() == [
        "wagtailcore.comment.resolved_by",
        "wagtailcore.comment.user",
    ]


def test_every_declared_row_is_exported_with_every_declared_field(person: User) -> None:
    rows = [(one, held(one, person)) for one in ABOUT_ROWS]
    found, listed = collect(person)["gegevens"], declared_for(person)
    for one, row in rows:
        if not one.fields:
            # Not even how many: whoever knows few people would know who.
            assert one.label not in {*found, *(line.label for line in listed)}, name_of(one)
            continue
        words = [line for line in found[one.label] if set(line) == set(one.fields.values())]
        assert words, name_of(one)
        assert one.label in {line.label for line in listed}, name_of(one)
        for name, described in one.fields.items():
            value = getattr(row, name)
            if isinstance(value, str) and CANARY in value:
                assert value in {line[described] for line in words}, name_of(one)


def test_after_erasing_no_table_knows_the_person(person: User) -> None:
    for one in ABOUT_ROWS:
        held(one, person)
    assert sum(CANARY.lower() in text for text in every_table().values()) > 15
    erase_person(actor=None, person=person, reason="Gevraagd.")
    left = every_table()
    assert [table for table, text in left.items() if CANARY.lower() in text] == []
    assert [table for table, text in left.items() if "06 12121212" in text] == []


def test_erasing_one_leaves_what_is_about_another(person: User) -> None:
    other = UserFactory()
    rows = [(one, held(one, other)) for one in ABOUT_ROWS]
    for one in ABOUT_ROWS:
        held(one, person)
    erase_person(actor=None, person=person, reason="Gevraagd.")
    for one, row in rows:
        assert one.rows(other).filter(pk=row.pk).exists(), name_of(one)


def test_every_period_is_applied_and_not_a_day_early(person: User) -> None:
    now = timezone.now()
    other = UserFactory()
    rows = [(one, held(one, person), held(one, other)) for one in DATED]
    assert len(rows) > 15
    for one, old, young in rows:
        for row, days in ((old, one.keep_days + 1), (young, one.keep_days - 1)):
            aged = {one.moment: now - timedelta(days=days)}
            privacy.manager(one.table).filter(pk=row.pk).update(**aged)
    apply_retention.call()
    for one, old, young in rows:
        left = set(privacy.manager(one.table).values_list("pk", flat=True))
        assert old.pk not in left, name_of(one)
        assert young.pk in left, name_of(one)
