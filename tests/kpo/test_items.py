"""One list of what can be read, with two sides: the rows of a reader, the readers of a row."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from knowledgebank.models import WorkList
from kpo.inbox.models import Message
from kpo.items import ItemType, all_types, register, type_named, type_of
from kpo.people import tokens
from kpo.people.choices import Region, Sector, ShownTo
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.factories.events import event_page
from tests.factories.offers import sent, submitter
from tests.factories.pages import home_page, knowledge_document, plain_page, theme_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory
from tests.factories.regions import region_page
from tests.factories.review import submitted
from tests.factories.upkeep import concern

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[User]:
    ours = OrganisationFactory(sector=Sector.RIEC)
    shown = [UserFactory(organisation=ours, show_profile=level) for level in ShownTo.values]
    administrator = UserFactory(roles=[Role.ADMINISTRATOR])
    return [
        *shown,
        administrator,
        UserFactory(),
        UserFactory(private=True),
        UserFactory(stopped=True),
    ]


@pytest.fixture
def rows(people: list[User]) -> list[Any]:
    """Something of every type, for everyone, for some and for nobody."""
    circle = CircleFactory(parts=[("sector", Sector.RIEC)])
    audiences = (tokens.PUBLIC, tokens.ACCOUNTS, tokens.PUBLIC_SECTOR, circle.token)
    return [
        *(theme_page(audience) for audience in audiences),
        *(knowledge_document(audience) for audience in audiences),
        *(event_page(audience) for audience in audiences),
        *(
            region_page(audience, region=region)
            for audience, region in zip(audiences, Region.values, strict=False)
        ),
        Message.objects.create(sender=people[0], recipient=people[1], text="Vraag."),
        Message.objects.create(
            sender=people[1], recipient=people[2], text="Vals.", reported_at=timezone.now()
        ),
        plain_page(home_page(), circle.token),
        plain_page(home_page(), tokens.NOBODY),
        theme_page(tokens.PUBLIC, live=False),
        submitted(
            UserFactory(roles=[Role.ADMINISTRATOR]), theme_page(live=False, responsible=people[0])
        ),
        concern(theme_page(tokens.PUBLIC_SECTOR, responsible=people[0]), people[1]),
        sent(submitter()),
        sent(people[0]),
        *(WorkList.objects.create(theme=theme_page(one)) for one in audiences[1:]),
        *people,
    ]


def test_rows_of_a_reader_and_readers_of_a_row_are_twins(
    people: list[User], rows: list[Any]
) -> None:
    answers = set()
    for row in rows:
        of_type = type_of(row)
        told = set(of_type.readers(row).values_list("pk", flat=True))
        for person in people:
            sees = of_type.visible_to(reader_for(person)).filter(uuid=row.uuid).exists()
            # A stopped account reads as a stranger does, and is told of nothing.
            assert (person.pk in told) == (sees and person.is_active), (row, person)
            answers.add(sees)
    assert answers == {True, False}


def test_every_type_finds_and_shows_its_rows(rows: list[Any]) -> None:
    for row in rows:
        found = type_of(row).find(row.uuid)
        assert found == row
        assert type_of(row).shown(found).title
    assert {one.name for one in all_types()} == {
        "theme",
        "document",
        "event",
        "message",
        "practice",
        "page",
        "person",
        "region",
        "review",
        "concern",
        "offer",
        "work",
    }


def test_a_name_is_taken_once() -> None:
    known = type_named("theme")
    assert isinstance(known, ItemType)
    with pytest.raises(ValueError, match="already"):
        register(known)


def test_what_nobody_registered_has_no_type() -> None:
    with pytest.raises(LookupError):
        type_of(OrganisationFactory())
