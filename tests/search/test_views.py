"""The search page and the suggestions, over answers made by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledgebank.models import DocumentFile
from kpo import jobs
from kpo.people.models import User
from search import queries
from search.records import SearchPage, SearchQuery, Suggestion
from tests.factories import pages
from tests.factories.answers import answer, hit, passage, pdf_hit, stored_pdf
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


class FakeSearch:
    """Stands in for the engine: gives `page`, and keeps what was asked."""

    def __init__(self) -> None:
        self.page: SearchPage = answer()
        self.suggested: list[Suggestion] = []
        self.asked: list[SearchQuery] = []

    def search(self, reader: Any, query: SearchQuery) -> SearchPage:
        self.asked.append(query)
        return self.page

    def suggest(self, reader: Any, text: str, limit: int = 8) -> list[Suggestion]:
        self.asked.append(SearchQuery(text=text))
        return self.suggested


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeSearch:
    fake = FakeSearch()
    monkeypatch.setattr(queries, "search", fake.search)
    monkeypatch.setattr(queries, "suggest", fake.suggest)
    return fake


@pytest.fixture
def site() -> Any:
    return pages.home_page()


def shown(client: Client, address: str, status: int = 200) -> str:
    """The page at `address` on one line."""
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def words(html: str) -> str:
    """What a person reads of it."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def links(html: str) -> list[str]:
    return [unescape(url) for url in re.findall(r'href="([^"]*)"', html)]


# --- What is asked -------------------------------------------------------------------------------
def test_the_address_is_the_whole_search(client: Client, engine: FakeSearch, site: Any) -> None:
    pages.theme_page(slug="vastgoed", title="Vastgoed")
    client.get(
        "/zoeken/?q=lege+loods&soort=document&thema=vastgoed&document=factsheet&document=toolbox"
        "&regio=limburg&jaar=2026&beoordeling=nog-niet-beoordeeld&organisatie=LIEC"
        "&volgorde=datum&van=2025-01-01&tot=2026-06-30&pagina=3"
    )
    assert engine.asked == [
        SearchQuery(
            text="lege loods",
            type="document",
            filters={
                "theme": ("vastgoed",),
                "kind": ("factsheet", "toolbox"),
                "review_state": ("unreviewed",),
                "region": ("limburg",),
                "organisation": ("LIEC",),
                "year": ("2026",),
            },
            sort="date",
            page=3,
            since=date(2025, 1, 1),
            until=date(2026, 6, 30),
        )
    ]


def test_every_link_of_the_page_keeps_the_rest_of_the_search(
    client: Client, engine: FakeSearch
) -> None:
    engine.page = answer(*[hit("document", title=f"D{n}") for n in range(10)], total=40, pages=4)
    html = shown(client, "/zoeken/?q=loods&document=handreiking&volgorde=datum&van=2025-01-01")
    found = links(html)
    assert "/zoeken/?q=loods&volgorde=datum&van=2025-01-01" in found  # The chip's.
    assert "/zoeken/?q=loods&volgorde=datum&document=handreiking" in found  # The period's chip.
    assert "/zoeken/?q=loods&document=handreiking&van=2025-01-01" in found  # Best first.
    with_type = "/zoeken/?q=loods&soort=document&volgorde=datum&document=handreiking&van=2025-01-01"
    assert with_type in found
    assert "?q=loods&volgorde=datum&document=handreiking&van=2025-01-01&pagina=2" in found


def test_the_form_of_filters_carries_question_and_order(client: Client, engine: FakeSearch) -> None:
    engine.page = answer(hit())
    html = shown(client, "/zoeken/?q=loods&soort=document&volgorde=datum")
    carried = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
    assert carried == [("q", "loods"), ("soort", "document"), ("volgorde", "datum")]


@pytest.mark.parametrize(
    ("typed", "page"),
    [("2", 2), ("0", 1), ("-4", 1), ("x", 1), ("", 1), ("1000000000", 1000), ("9" * 5000, 1000)],
)
def test_a_page_number_is_one_that_may_exist(
    client: Client, engine: FakeSearch, typed: str, page: int
) -> None:
    assert client.get("/zoeken/", {"q": "loods", "pagina": typed}).status_code == 200
    assert engine.asked[-1].page == page


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  lege\tloods\n", "lege loods"),
        ("lege\x00loods", "lege loods"),
        ('"lege loods" -pand* (', '"lege loods" -pand* ('),
        ("caf\u00e9 \U0001f600", "caf\u00e9 \U0001f600"),
        ("\ud800loods".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "\ufffd"),
    ],
)
def test_odd_signs_are_searched_for_or_left_out(
    client: Client, engine: FakeSearch, typed: str, text: str
) -> None:
    assert client.get("/zoeken/", {"q": typed}).status_code == 200
    assert engine.asked[-1].text.startswith(text)


def test_a_question_of_nothing_but_control_signs_is_no_question(
    client: Client, engine: FakeSearch
) -> None:
    assert "Zo zoek je" in shown(client, "/zoeken/?q=%00%01")
    assert engine.asked == []


def test_a_question_that_is_too_long_is_refused_and_kept(
    client: Client, engine: FakeSearch
) -> None:
    typed = "lo" * 50_000
    html = shown(client, f"/zoeken/?q={typed}", status=400)
    assert "Je vraag is 100.000 tekens lang en 300 is het hoogste." in html
    assert f'value="{typed}"' in html
    assert engine.asked == []


# --- What cannot be used -------------------------------------------------------------------------
@pytest.mark.parametrize(
    "filters",
    [
        "soort=bestaat-niet",
        "soort=theme",
        "thema=bestaat-niet",
        "document=bestaat-niet",
        "regio=atlantis",
        "jaar=nooit",
        "beoordeling=bestaat-niet",
    ],
)
def test_an_unknown_filter_is_left_out_and_said_to_be(
    client: Client, engine: FakeSearch, filters: str
) -> None:
    html = shown(client, f"/zoeken/?q=loods&{filters}")
    assert "Een filter in dit adres kennen we niet." in html
    assert engine.asked[-1] == SearchQuery(text="loods")


def test_an_unknown_filter_alone_is_no_question(
    client: Client, engine: FakeSearch, site: Any
) -> None:
    assert "Zo zoek je" in shown(client, "/zoeken/?thema=bestaat-niet")


def test_a_closed_theme_is_as_unknown_as_one_that_does_not_exist(
    client: Client, engine: FakeSearch, site: Any, sign_in: SignIn
) -> None:
    pages.theme_page("public-sector", slug="geheim", title="Geheim thema")
    closed = shown(client, "/zoeken/?q=loods&thema=geheim")
    absent = shown(client, "/zoeken/?q=loods&thema=gehaim")
    nonce = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')
    assert nonce.sub("", closed) == nonce.sub("", absent).replace("gehaim", "geheim")
    assert "Geheim thema" in shown(sign_in(UserFactory()), "/zoeken/?q=loods&thema=geheim")


def test_values_that_no_form_sends_are_ignored(client: Client, engine: FakeSearch) -> None:
    many = [f"Organisatie {n}" for n in range(500)]
    values = {"q": "loods", "organisatie": ["", "a\x00b", "x" * 10_000, *many]}
    assert client.get("/zoeken/", values).status_code == 200
    assert engine.asked[-1].filters == {"organisation": tuple(many[:40])}


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        ("2026-06-01", "2026-01-01", "Deze dag ligt vóór de dag bij ‘Van’. Wissel ze om."),
        ("32-13-2026", "", "‘32-13-2026’ is geen datum. Schrijf hem als 22-11-2026."),
        ("", "gisteren<b>", "‘gisteren&lt;b&gt;’ is geen datum."),
        ("\x00", "", "is geen datum."),
        ("9" * 3000, "", "is geen datum."),
    ],
)
def test_a_wrong_period_gets_a_sentence_and_a_search_without_it(
    client: Client, engine: FakeSearch, since: str, until: str, sentence: str
) -> None:
    response = client.get("/zoeken/", {"q": "loods", "van": since, "tot": until})
    html = " ".join(response.content.decode().split())
    assert response.status_code == 200
    assert sentence in html
    assert "We zochten zonder periode." in html
    assert (engine.asked[-1].since, engine.asked[-1].until) == (None, None)


def test_dates_may_be_typed_the_dutch_way(client: Client, engine: FakeSearch) -> None:
    client.get("/zoeken/?q=loods&van=01-02-2025&tot=3/4/2025")
    assert (engine.asked[-1].since, engine.asked[-1].until) == (date(2025, 2, 1), date(2025, 4, 3))


@pytest.mark.parametrize("path", ["/zoeken/?q=loods", "/zoeken/suggesties/?q=loods"])
def test_searching_changes_nothing(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.delete(path).status_code == 405


# --- What is shown -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("total", "heading"),
    [(1, "1 resultaat voor loods"), (2, "2 resultaten voor"), (71240, "71.240 resultaten voor")],
)
def test_the_heading_counts(client: Client, engine: FakeSearch, total: int, heading: str) -> None:
    engine.page = answer(hit(), total=total)
    assert heading in words(shown(client, "/zoeken/?q=loods"))


def test_tabs_have_the_counts_of_the_reader(client: Client, engine: FakeSearch) -> None:
    engine.page = answer(hit(), types={"theme": 3, "document": 64, "person": 0}, total=67)
    html = shown(client, "/zoeken/?q=loods&soort=document")
    tabs = html[html.index('aria-label="Soort resultaat"') :]
    tabs = tabs[: tabs.index("</nav>")]
    assert words(tabs.partition(">")[2]) == "Alles 67 Thema's 3 Documenten 64"
    assert 'soort=document" aria-current="page"' in tabs


def test_a_hit_in_a_file_leads_to_the_page(client: Client, engine: FakeSearch, site: Any) -> None:
    document = pages.knowledge_document(title="Lege loodsen", kind="handreiking")
    file = stored_pdf(page_count=46)
    engine.page = answer(pdf_hit(file, row=document, more_passages=7))
    html = shown(client, "/zoeken/?q=loods")
    assert f'href="{file.url}#page=24">Lege loodsen</a>' in html
    assert f'href="{file.url}#page=31">Pagina 31' in html
    assert f'src="/bestanden/{file.uuid}/voorbeeld.png"' in html
    text = words(html)
    assert "Handreiking, pdf, 46 pagina's" in text
    assert "Open op pagina 24" in text
    assert "Nog 7 plekken in dit document" in text
    assert f'href="{document.url}">Over dit document' in html


def test_a_file_that_the_reader_may_not_see_is_not_described(
    client: Client, engine: FakeSearch, site: Any
) -> None:
    file = stored_pdf(audience="public-sector", page_count=46)
    engine.page = answer(pdf_hit(file, row=pages.knowledge_document()))
    html = shown(client, "/zoeken/?q=loods")
    assert "voorbeeld.png" not in html
    assert "46 pagina" not in html


def test_a_hit_in_a_text_leads_to_its_heading(
    client: Client, engine: FakeSearch, site: Any
) -> None:
    theme = pages.theme_page(title="Loodsen")
    found = passage("Let op <mark>ramen</mark>.", heading="Signalen", url="/t/#signalen")
    engine.page = answer(hit("theme", row=theme, url="/t/#signalen", passages=(found,)))
    html = shown(client, "/zoeken/?q=ramen")
    assert 'href="/t/#signalen">Signalen</a>' in html
    assert "Let op <mark>ramen</mark>." in html
    assert "Over dit document" not in html


def test_an_obsolete_hit_warns(client: Client, engine: FakeSearch, site: Any) -> None:
    engine.page = answer(hit(row=pages.knowledge_document(), is_obsolete=True))
    text = words(shown(client, "/zoeken/?q=loods"))
    assert "Verouderd" in text
    assert "ga er niet van uit dat het klopt" in text


def test_every_hit_says_who_may_read_it(
    client: Client, engine: FakeSearch, site: Any, sign_in: SignIn
) -> None:
    audiences = ("public", "accounts", "public-sector")
    rows = [pages.knowledge_document(audience) for audience in audiences]
    engine.page = answer(*(hit(row=row, audience=row.audience) for row in rows))
    html = shown(sign_in(UserFactory()), "/zoeken/?q=loods")
    assert [kind in html for kind in (f"kpo-aud--{name}" for name in audiences)] == [True] * 3


def test_only_knowledge_says_whether_it_was_reviewed(
    client: Client, engine: FakeSearch, site: Any
) -> None:
    engine.page = answer(hit("theme", row=pages.theme_page()), facets={})
    assert "Nog niet beoordeeld" in shown(client, "/zoeken/?q=loods")
    engine.page = answer(hit("page", row=pages.plain_page(site)), facets={})
    assert "Nog niet beoordeeld" not in shown(client, "/zoeken/?q=loods")


def test_a_proposed_spelling_is_a_link(client: Client, engine: FakeSearch) -> None:
    engine.page = answer(hit(), corrected="loodsen")
    html = shown(client, "/zoeken/?q=loosden&document=handreiking&pagina=2")
    assert 'Bedoelde je <a class="utrecht-link utrecht-link--html-a" href="/zoeken/?' in html
    assert "/zoeken/?q=loodsen&document=handreiking" in links(html)


def test_a_degraded_answer_says_so(client: Client, engine: FakeSearch) -> None:
    engine.page = answer(hit(), notice="degraded")
    html = shown(client, "/zoeken/?q=loods")
    notice = html[html.index('<div class="kpo-alert kpo-alert--warn" role="status">') :]
    assert words(notice).startswith("Zoeken gaat nu op een eenvoudiger manier.")
    engine.page = answer(hit())
    assert "eenvoudiger manier" not in shown(client, "/zoeken/?q=loods")


def test_pages_stop_where_the_engine_stops(client: Client, engine: FakeSearch) -> None:
    hits = [hit(title=f"D{n}") for n in range(10)]
    engine.page = answer(*hits, total=4321, page=100, pages=100)
    html = shown(client, "/zoeken/?q=loods&pagina=100")
    assert "991 tot en met 1.000 van 4.321" in html
    assert "?q=loods&pagina=99" in links(html)
    assert 'rel="next"' not in html


def test_what_was_typed_is_shown_as_text(client: Client, engine: FakeSearch) -> None:
    engine.page = answer(hit(), corrected='<b>"')
    html = shown(client, "/zoeken/?q=<script>alert(1)</script>&organisatie=<i>&van=<u>")
    assert "<script>alert" not in html
    assert "<i>" not in html
    assert "<u>" not in html
    assert "<b>" not in html


# --- Facets --------------------------------------------------------------------------------------
def facet(html: str, heading: str) -> str:
    start = html.index(f"<legend>{heading}</legend>")
    return html[start : html.index("</fieldset>", start)]


def test_a_theme_is_named_only_to_who_may_read_it(
    client: Client, engine: FakeSearch, site: Any, sign_in: SignIn
) -> None:
    pages.theme_page(slug="open", title="Open thema")
    pages.theme_page("public-sector", slug="dicht", title="Gesloten thema")
    engine.page = answer(hit(), hit(), facets={"theme": {"open": 1, "dicht": 1}})
    html = shown(client, "/zoeken/?q=loods")
    assert "Open thema" in html
    assert "Gesloten thema" not in html
    assert "dicht" not in html
    assert "Gesloten thema" in shown(sign_in(UserFactory()), "/zoeken/?q=loods")


def test_facets_are_ticked_as_asked(client: Client, engine: FakeSearch) -> None:
    engine.page = answer(hit(), total=90)
    html = facet(shown(client, "/zoeken/?q=loods&document=factsheet"), "Soort document")
    assert words(html) == "Soort document Handreiking 22 Fenomeenonderzoek 19 Factsheet 14"
    ticked = re.findall(r'value="([\w-]+)" id="[^"]+" checked', html)
    assert ticked == ["factsheet"]


def test_a_chosen_value_without_hits_can_be_let_go(client: Client, engine: FakeSearch) -> None:
    engine.page = answer(hit(), facets={})
    html = shown(client, "/zoeken/?q=loods&regio=limburg")
    assert words(facet(html, "Regio")) == "Regio Limburg 0"
    assert 'aria-label="Gekozen filters"' in html
    assert "/zoeken/?q=loods" in links(html)


def test_a_facet_that_narrows_nothing_is_left_out(client: Client, engine: FakeSearch) -> None:
    engine.page = answer(hit(), hit(), facets={"review_state": {"unreviewed": 2}})
    assert "<legend>Beoordeling</legend>" not in shown(client, "/zoeken/?q=loods")


def test_a_long_facet_keeps_the_rest_in_a_drawer(client: Client, engine: FakeSearch) -> None:
    counts = {str(year): 1 for year in range(2015, 2025)}
    engine.page = answer(hit(), total=10, facets={"year": counts})
    html = facet(shown(client, "/zoeken/?q=loods"), "Jaar")
    assert words(html).startswith("Jaar 2024 1 2023 1 2022 1 2021 1 2020 1 Toon nog 5 2019 1")
    assert '<details class="kpo-facet__more">' in html
    html = facet(shown(client, "/zoeken/?q=loods&jaar=2015"), "Jaar")
    assert '<details class="kpo-facet__more" open>' in html


# --- Nothing asked, nothing found ----------------------------------------------------------------
def test_without_a_question_there_is_a_place_to_begin(
    client: Client, engine: FakeSearch, site: Any
) -> None:
    full = pages.theme_page(title="Havens")
    pages.theme_page(title="Aanhangers")
    pages.theme_page("accounts", title="Niet voor iedereen")
    pages.knowledge_document(themes=[full])
    html = shown(client, "/zoeken/")
    begin = html[html.index('id="begin"') : html.index("</section>")]
    assert words(begin.partition(">")[2]) == "Begin bij een thema Havens Aanhangers"
    assert engine.asked == []


def test_a_theme_is_not_fuller_for_what_is_closed(
    client: Client, engine: FakeSearch, site: Any
) -> None:
    pages.theme_page(title="Aanhangers")
    full = pages.theme_page(title="Havens")
    pages.knowledge_document("public-sector", themes=[full])
    html = shown(client, "/zoeken/")
    begin = html[html.index('id="begin"') : html.index("</section>")]
    assert words(begin.partition(">")[2]) == "Begin bij een thema Aanhangers Havens"


def test_no_result_helps_on(client: Client, engine: FakeSearch, site: Any) -> None:
    pages.theme_page(title="Havens")
    html = shown(client, "/zoeken/?q=lege+loods&regio=limburg")
    assert "Zoek met een ander woord voor hetzelfde." in html
    assert "/zoeken/?q=lege+loods" in links(html)
    assert "Havens" in html


def test_a_wider_search_is_offered_with_what_it_finds(
    client: Client, engine: FakeSearch, site: Any, sign_in: SignIn
) -> None:
    theme = pages.theme_page(title="Havens", slug="havens")
    pages.theme_page("public-sector", title="Dicht thema", slug="dicht")
    pages.knowledge_document(title="Een lege grote loods", themes=[theme])
    pages.knowledge_document("public-sector", title="Dichte loods")
    html = shown(client, "/zoeken/?q=loods&regio=limburg")
    assert "Zoek op alles, zonder filters 1 resultaat" in words(html)
    assert "/zoeken/?q=loods&thema=havens" in links(html)
    assert "Dicht thema" not in html
    html = shown(client, "/zoeken/?q=%22lege+loods%22")
    assert "Zoek op de losse woorden lege loods 1 resultaat" in words(html)
    assert "/zoeken/?q=lege+loods" in links(html)
    html = shown(sign_in(UserFactory()), "/zoeken/?q=loods&regio=limburg")
    assert "Zoek op alles, zonder filters 2 resultaten" in words(html)
    assert "/mijn/gemist/?q=loods" in links(html)


def test_a_stranger_without_result_is_offered_to_sign_in(
    client: Client, engine: FakeSearch, sign_in: SignIn
) -> None:
    back = "/inloggen/?next=/zoeken/%3Fq%3Dlege%2Bloods"
    assert back in links(shown(client, "/zoeken/?q=lege+loods"))
    assert "Log in" not in shown(sign_in(UserFactory()), "/zoeken/?q=lege+loods")


def test_a_type_or_filter_alone_lists_what_there_is(client: Client, engine: FakeSearch) -> None:
    engine.page = answer(hit())
    html = shown(client, "/zoeken/?soort=document")
    assert engine.asked == [SearchQuery(text="", type="document")]
    assert "1 resultaat</h1>" in html.replace(" </h1>", "</h1>")


# --- Suggestions ---------------------------------------------------------------------------------
SUGGESTED = [Suggestion("Loodsen & hallen", "/themas/loodsen/", "theme")]


def test_suggestions_as_json(client: Client, engine: FakeSearch) -> None:
    engine.suggested = SUGGESTED
    response = client.get("/zoeken/suggesties/?q=loo")
    row = {"text": "Loodsen & hallen", "url": "/themas/loodsen/", "type": "theme"}
    assert response.json() == {"suggestions": [row]}


def test_suggestions_as_options(client: Client, engine: FakeSearch) -> None:
    engine.suggested = SUGGESTED
    response = client.get("/zoeken/suggesties/?q=loo", headers={"Accept": "text/html"})
    html = response.content.decode()
    assert 'role="option" aria-selected="false" data-url="/themas/loodsen/"' in html
    assert words(html) == "Loodsen & hallen Thema"


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "x" * 100_000])
def test_nothing_is_suggested_for_no_question(
    client: Client, engine: FakeSearch, typed: str
) -> None:
    engine.suggested = SUGGESTED
    response = client.get("/zoeken/suggesties/", {"q": typed})
    assert response.json() == {"suggestions": []}
    assert engine.asked == []


# --- Leafing -------------------------------------------------------------------------------------
def test_the_last_page_one_can_leaf_to_says_so(client: Client, engine: FakeSearch) -> None:
    engine.page = answer(hit(), total=4_000, page=100, pages=100)
    html = shown(client, "/zoeken/?q=loods&pagina=100")
    assert "Verder dan dit kun je niet bladeren." in html
    assert 'rel="prev"' in html
    assert 'rel="next"' not in html


@pytest.mark.parametrize(("total", "page", "pages"), [(4_000, 99, 100), (991, 100, 100), (1, 1, 1)])
def test_other_pages_do_not(
    client: Client, engine: FakeSearch, total: int, page: int, pages: int
) -> None:
    engine.page = answer(hit(), total=total, page=page, pages=pages)
    assert "niet bladeren" not in shown(client, f"/zoeken/?q=loods&pagina={page}")


# --- Cost ----------------------------------------------------------------------------------------
# Counted apart: session, user, what each provider of audiences asks, and each type of hit.
APART = re.compile(r'"django_session"|"people_user"|"people_circle"|"pages_readablepage"."uuid" IN')
BUDGET = 8


def queries_for(client: Client, address: str) -> list[str]:
    client.get(address)
    with CaptureQueriesContext(connection) as context:
        response = client.get(address)
    assert "resultaten voor" in response.content.decode()
    found = [query["sql"] for query in context.captured_queries]
    return [sql for sql in found if not APART.search(sql)]


def publish_documents(numbers: range, *themes: Any) -> None:
    for number in numbers:
        page = pages.knowledge_document(title=f"Lege loods {number}", themes=themes)
        file = stored_pdf(f"loods-{number}.pdf", pages=("Een loods staat leeg.",))
        DocumentFile.objects.create(page=page, document=file)
    jobs.drain()


def test_the_page_costs_the_same_for_two_hits_and_for_ten(site: Any, sign_in: SignIn) -> None:
    theme = pages.theme_page(slug="loodsen", title="Lege loodsen")
    other = pages.theme_page(slug="havens", title="Havens")
    client = sign_in(UserFactory())
    publish_documents(range(2), theme, other)
    few = queries_for(client, "/zoeken/?q=loods&thema=loodsen")
    publish_documents(range(2, 10), theme, other)
    many = queries_for(client, "/zoeken/?q=loods&thema=loodsen")
    assert len(many) == len(few) <= BUDGET, "\n".join(many)
