"""Looking inside one thing, and what is like it: under the rights of who looks."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kpo.people.models import User
from kpo.people.reader import ANONYMOUS, Reader
from search.inside import Places, look_inside, thing_for
from search.records import Passage
from tests.factories import pages
from tests.factories.people import UserFactory
from tests.factories.search import record, stored

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NOBODY = UUID(int=0)
PAGES = (
    "Een vakantiepark met vaste bewoners.",
    "De eigenaar van de loods liet niemand binnen.",
    "Wie een lege loods ziet, belt de wijkagent. De loods is soms leeg.",
)


@pytest.fixture
def site() -> Any:
    return pages.home_page()


@pytest.fixture
def document(site: Any) -> Any:
    """A document with three pages of text, as its file would have given them."""
    page = pages.knowledge_document(title="Handreiking", summary="")
    passages = tuple(
        Passage(text=text, page=number, file="a.pdf", url="/bestanden/a/")
        for number, text in enumerate(PAGES, 1)
    )
    key = f"document:{page.uuid}"
    stored(record(key=key, title=page.title, url=page.url, passages=passages))
    return page


def places(document: Any, text: str, reader: Reader = ANONYMOUS) -> Places:
    thing = thing_for(reader, document.uuid)
    assert thing is not None
    return look_inside(reader, thing, text)


def numbers(found: Places) -> list[int | None]:
    return [passage.page for passage in found.passages]


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


# --- Inside --------------------------------------------------------------------------------------
def test_the_best_page_comes_first_and_opens_there(document: Any) -> None:
    found = places(document, "lege loods")
    assert (found.total, numbers(found)) == (2, [3, 2])
    assert found.passages[0].url == "/bestanden/a/#page=3"
    assert "<mark>loods</mark>" in found.passages[0].html


def test_compounds_and_typing_errors_are_found(document: Any) -> None:
    assert numbers(places(document, "vakantie park")) == [1]
    assert numbers(places(document, "vakantieprak")) == [1]
    assert numbers(places(document, "kwikzilver")) == []


def test_phrases_and_what_is_unwanted_hold_inside_too(document: Any) -> None:
    assert numbers(places(document, '"lege loods"')) == [3]
    assert numbers(places(document, "loods -wijkagent")) == [2]


@pytest.mark.parametrize("text", ["", "de het een", '"', "-", "(*", "x" * 5_000])
def test_odd_questions_find_nothing_and_break_nothing(document: Any, text: str) -> None:
    assert places(document, text).total == 0


def test_the_page_shows_the_places(client: Client, document: Any) -> None:
    html = client.get(f"/zoeken/in/{document.uuid}/?q=loods").content.decode()
    assert "2 plekken voor loods" in words(html)
    assert 'href="/bestanden/a/#page=3"' in html
    assert 'href="/zoeken/?q=loods"' in html
    html = client.get(f"/zoeken/in/{document.uuid}/?q=kwikzilver").content.decode()
    assert "Niets gevonden voor kwikzilver" in words(html)
    response = client.get(f"/zoeken/in/{document.uuid}/", {"q": "lo" * 500})
    assert response.status_code == 400
    assert "Je vraag is 1.000 tekens lang" in response.content.decode()


@pytest.mark.parametrize("door", ["in", "verwant"])
def test_what_is_closed_is_as_absent_as_what_is_not_there(
    client: Client, site: Any, sign_in: SignIn, door: str
) -> None:
    closed = pages.knowledge_document("public-sector", title="Dicht", summary="loods")
    nonce = re.compile(r'nonce="[^"]*"')
    shown = [client.get(f"/zoeken/{door}/{uuid}/?q=loods") for uuid in (closed.uuid, NOBODY)]
    assert [one.status_code for one in shown] == [404, 404]
    bodies = [nonce.sub("", one.content.decode()) for one in shown]
    assert bodies[0].replace(str(closed.uuid), str(NOBODY)) == bodies[1]
    assert sign_in(UserFactory()).get(f"/zoeken/{door}/{closed.uuid}/").status_code == 200


def test_a_row_that_outlived_its_page_opens_nothing(document: Any) -> None:
    type(document).objects.filter(pk=document.pk).update(live=False)
    assert thing_for(ANONYMOUS, document.uuid) is None


def test_looking_inside_costs_the_same_for_three_pages_and_for_fifty(
    client: Client, document: Any
) -> None:
    long = pages.knowledge_document(title="Dik", summary="")
    passages = tuple(Passage(text=f"loods {n}", page=n, url="/b/") for n in range(1, 51))
    stored(record(key=f"document:{long.uuid}", title="Dik", passages=passages))
    costs = []
    for page in (document, long):
        address = f"/zoeken/in/{page.uuid}/?q=loods"
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 7


# --- Alike ---------------------------------------------------------------------------------------
def alike(client: Client, page: Any) -> list[str]:
    html = client.get(f"/zoeken/verwant/{page.uuid}/", headers={"HX-Request": "true"})
    return [
        unescape(one)
        for one in re.findall(r'kpo-item__title" href="[^"]*">([^<]*)<', html.content.decode())
    ]


def test_what_is_alike_follows_the_rights_of_the_reader(
    client: Client, site: Any, sign_in: SignIn, drain: Callable[[], int]
) -> None:
    page = pages.knowledge_document(title="Leegstaande schuren", summary="Schuren op het erf.")
    pages.knowledge_document(title="Schuren die leegstaan", summary="Het erf van de boer.")
    pages.knowledge_document("public-sector", title="Leegstaande schuren op het erf")
    pages.knowledge_document(title="Geldezels", summary="Rekeningen van studenten.")
    drain()
    assert alike(client, page) == ["Schuren die leegstaan"]
    assert alike(sign_in(UserFactory()), page) == [
        "Leegstaande schuren op het erf",
        "Schuren die leegstaan",
    ]
    whole = client.get(f"/zoeken/verwant/{page.uuid}/").content.decode()
    assert "Lijkt op" in whole
    assert "<html" in whole


def test_without_an_engine_nothing_is_alike(client: Client, site: Any) -> None:
    page = pages.knowledge_document(title="Leegstaande schuren")
    pages.knowledge_document(title="Leegstaande schuren op het erf")
    assert alike(client, page) == []


def test_people_and_what_is_obsolete_are_not_alike(
    site: Any, sign_in: SignIn, drain: Callable[[], int]
) -> None:
    page = pages.knowledge_document(title="Leegstaande schuren")
    pages.knowledge_document(title="Leegstaande schuren van vroeger", obsolete_since="2026-01-01")
    UserFactory(function="Leegstaande schuren", show_function="accounts")
    drain()
    assert alike(sign_in(UserFactory()), page) == []


def test_what_is_alike_costs_the_same_for_one_and_for_five(
    client: Client, site: Any, drain: Callable[[], int]
) -> None:
    page = pages.knowledge_document(title="Leegstaande schuren")
    costs = []
    for number in (1, 4):
        for _ in range(number):
            pages.knowledge_document(title="Leegstaande schuren op het erf")
        drain()
        alike(client, page)
        with CaptureQueriesContext(connection) as captured:
            found = alike(client, page)
        costs.append((len(found), len(captured)))
    assert costs[0][1] == costs[1][1] <= 8
    assert [count for count, _ in costs] == [1, 5]


@pytest.mark.parametrize("make", [pages.knowledge_document, pages.theme_page])
def test_a_page_has_a_box_to_look_inside(client: Client, site: Any, make: Any) -> None:
    page = make(title="Loodsen", slug="loodsen")
    html = client.get(page.url).content.decode()
    box = html[html.index('class="kpo-inside') :].partition("</form>")[0]
    is_theme = make is pages.theme_page
    assert ('name="thema" value="loodsen"' in box) == is_theme
    assert (f"/zoeken/in/{page.uuid}/" in box) != is_theme
    assert (f'hx-get="/zoeken/verwant/{page.uuid}/"' in html) != is_theme
