"""Regions: what a reader finds there, and a map whose numbers are those of the reader's lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from knowledgebank.models import Practice, PracticeIndexPage, RegionPage
from kpo.people import tokens
from kpo.people.choices import Region, Sector
from kpo.people.models import Circle, User
from tests.counting import queries_of
from tests.factories.events import event_page
from tests.factories.pages import knowledge_document, placed, theme_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory
from tests.factories.regions import initiative, region_page

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
EAST, SOUTH = Region.OOST_NEDERLAND, Region.LIMBURG


def practice(number: int, audience: str, *regions: str, **fields: Any) -> Any:
    page = Practice(
        title=f"Voorbeeld {number}",
        slug=f"voorbeeld-{number}",
        audience=audience,
        regions=list(regions),
        body="[]",
        **fields,
    )
    return placed(PracticeIndexPage.objects.get(), page)


@pytest.fixture
def circle() -> Circle:
    found: Circle = CircleFactory(parts=[("sector", Sector.RIEC)])
    return found


@pytest.fixture
def readers(circle: Circle, sign_in: SignIn) -> dict[str, Client]:
    riec = UserFactory(organisation=OrganisationFactory(sector=Sector.RIEC))
    return {
        "anonymous": Client(),
        "private": sign_in(UserFactory(private=True)),
        "public": sign_in(UserFactory()),
        "riec": sign_in(riec),
    }


@pytest.fixture
def content(circle: Circle) -> None:
    """Something of every kind for every audience, in one region, in two and in none."""
    audiences = (tokens.PUBLIC, tokens.ACCOUNTS, tokens.PUBLIC_SECTOR, circle.token)
    region_page(tokens.PUBLIC, region=EAST, initiatives=[initiative(), initiative()])
    region_page(tokens.PUBLIC_SECTOR, region=SOUTH, initiatives=[initiative()])
    for number, audience in enumerate(audiences):
        practice(number, audience, EAST)
        practice(number + 10, audience, EAST, SOUTH)
        practice(number + 20, audience)
        practice(number + 30, audience, EAST, obsolete_since=timezone.localdate())
        knowledge_document(audience, regions=[SOUTH])
        event_page(audience, regions=[EAST])
        event_page(audience, regions=[EAST], days=-5)


def lines_of(client: Client) -> dict[str, Any]:
    return {line.region: line for line in client.get("/regios/").context["lines"]}


def total_on_page(client: Client, url: str, name: str) -> int:
    """Counted from the whole list, as somebody reads it."""
    response = client.get(f"{url}?toon={name}")
    return len(list(response.context["rows"].paginator.object_list))


def test_the_numbers_on_the_map_are_those_of_the_readers_own_lists(
    content: None, readers: dict[str, Client]
) -> None:
    seen = set()
    for name, client in readers.items():
        for line in lines_of(client).values():
            if line.page is None:
                continue
            told = (line.counts["practices"], line.counts["documents"], line.counts["events"])
            lists = ("praktijk", "documenten", "bijeenkomsten")
            assert told == tuple(total_on_page(client, line.page.url, one) for one in lists), name
            groups = client.get(line.page.url).context["groups"]
            assert line.counts["initiatives"] == sum(len(one.initiatives) for one in groups)
            seen.add((name, line.region, told))
    east = {name: told for name, region, told in seen if region == EAST}
    assert east == {
        "anonymous": (2, 0, 1),
        "private": (4, 0, 2),
        "public": (6, 0, 3),
        "riec": (8, 0, 4),
    }


def test_a_region_whose_page_is_closed_counts_none_of_its_initiatives(
    content: None, readers: dict[str, Client]
) -> None:
    for name, expected in (("anonymous", 0), ("private", 0), ("public", 1)):
        line = lines_of(readers[name])[SOUTH]
        assert line.counts["initiatives"] == expected, name
        assert (line.page is not None) == bool(expected)


def test_the_map_has_a_tile_for_each_region_and_a_table_with_all(
    content: None, readers: dict[str, Client]
) -> None:
    lines = lines_of(readers["riec"])
    assert set(lines) == set(Region.values)
    assert [one for one, line in lines.items() if not line.code] == [Region.NATIONAL]
    assert lines[EAST].level == 4
    assert lines[Region.ZEELAND_WEST_BRABANT].level == 1
    assert [one for one, line in lines.items() if line.is_own] == [Region.MIDDEN_NEDERLAND]
    assert not any(line.is_own for line in lines_of(readers["anonymous"]).values())


def test_an_empty_site_has_an_empty_map(client: Client) -> None:
    assert {line.number for line in lines_of(client).values()} == {0}


def test_the_map_asks_as_much_for_many_as_for_few(sign_in: SignIn) -> None:
    client = sign_in(UserFactory())
    region_page(region=EAST)
    client.get("/regios/")
    few = queries_of(lambda: client.get("/regios/"))
    for number, region in enumerate([Region.ROTTERDAM, Region.DEN_HAAG, SOUTH]):
        region_page(region=region, initiatives=[initiative()])
        practice(number, tokens.PUBLIC, region)
    assert queries_of(lambda: client.get("/regios/")) == few


def test_initiatives_stand_by_theme_and_a_closed_theme_is_not_named(sign_in: SignIn) -> None:
    shown = theme_page(title="Aardbeien")
    closed = theme_page(tokens.ACCOUNTS, title="Gesloten thema")
    page = region_page(
        initiatives=[
            initiative(theme=closed, title="Onder gesloten"),
            initiative(theme=shown, title="Onder open"),
            initiative(title="Zonder thema"),
        ]
    )
    headings = [group.heading for group in Client().get(page.url).context["groups"]]
    assert headings == ["Aardbeien", "Andere onderwerpen"]
    stranger = Client().get(page.url).content.decode()
    assert "Gesloten thema" not in stranger
    assert "Onder gesloten" in stranger
    member = sign_in(UserFactory()).get(page.url)
    assert [group.heading for group in member.context["groups"]][:2] == [
        "Aardbeien",
        "Gesloten thema",
    ]


def test_a_long_list_stands_whole_behind_a_link() -> None:
    page = region_page(region=EAST)
    for number in range(8):
        practice(number, tokens.PUBLIC, EAST)
    start = Client().get(page.url)
    assert len(start.context["praktijk"]["first"]) == 6
    assert "Toon alle 8 praktijkvoorbeelden" in start.content.decode()
    whole = Client().get(f"{page.url}?toon=praktijk").content.decode()
    assert all(f"Voorbeeld {number}" in whole for number in range(8))
    assert Client().get(f"{page.url}?toon=niets").context["chosen"] == ""


def test_a_region_has_one_page_and_an_initiative_ends_after_it_began() -> None:
    region_page(region=EAST)
    with pytest.raises(ValidationError, match="heeft al een pagina"):
        RegionPage(title="Weer", region=EAST).clean()
    today = timezone.localdate()
    wrong = initiative(since=today, until=today - timedelta(days=1))
    with pytest.raises(ValidationError, match="einde"):
        wrong.clean()
    with pytest.raises(IntegrityError):
        region_page(region=SOUTH, initiatives=[wrong])


@pytest.mark.parametrize("name", ["praktijk", "documenten", "bijeenkomsten"])
def test_the_whole_list_of_a_region_asks_as_much_for_many_as_for_one(
    name: str, sign_in: SignIn
) -> None:
    page, client = region_page(region=EAST), sign_in(UserFactory())

    def add(number: int) -> None:
        ours = {"organisation": OrganisationFactory()}
        practice(number, tokens.ACCOUNTS, EAST, **ours)
        knowledge_document(regions=[EAST], publisher=OrganisationFactory())
        event_page(regions=[EAST], **ours)

    def ask() -> Any:
        return client.get(f"{page.url}?toon={name}")

    add(0)
    assert len(ask().context["rows"]) == 1
    one = queries_of(ask)
    for number in range(1, 9):
        add(number)
    assert len(ask().context["rows"]) == 9
    assert queries_of(ask) == one
