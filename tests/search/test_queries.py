"""From question to page, over real pages and people."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs

from kpo.pages.actions import change_audience
from kpo.pages.models import ReadablePage
from kpo.people import tokens
from kpo.people.reader import ANONYMOUS, Reader, reader_for
from kpo.people.roles import Role
from search import queries
from search.models import Row, State
from search.queries import search, suggest
from search.records import SearchPage, SearchQuery
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory
from tests.factories.search import indexed, record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def reader() -> Reader:
    return reader_for(UserFactory())


def ask(reader: Reader, text: str, **fields: Any) -> SearchPage:
    return search(reader, SearchQuery(text, **fields))


def titles(page: SearchPage) -> list[str]:
    return [hit.title for hit in page.hits]


def test_a_published_page_is_found_after_the_job(drain: Callable[[], int]) -> None:
    theme_page(title="Kwikzilverhandel")
    drain()
    page = ask(ANONYMOUS, "kwikzilver")
    assert titles(page) == ["Kwikzilverhandel"]
    assert page.notice is None
    assert isinstance(page.hits[0].row, ReadablePage)


def test_before_there_is_an_index_the_table_answers() -> None:
    theme_page(title="Kwikzilverhandel")
    page = ask(ANONYMOUS, "kwikzilver")
    assert titles(page) == ["Kwikzilverhandel"]
    assert page.notice == "degraded"


def test_a_draft_is_not_found(drain: Callable[[], int]) -> None:
    theme_page(title="Kwikzilverhandel", live=False)
    drain()
    assert ask(ANONYMOUS, "kwikzilver").total == 0


def test_outsiders_see_no_trace_of_closed_pages(drain: Callable[[], int], reader: Reader) -> None:
    circle = CircleFactory(parts=[])
    theme = theme_page(
        title="Kwikzilver", slug="kwikzilver", audience=tokens.circle_token(circle.uuid)
    )
    knowledge_document(
        title="Over kwikzilver", themes=[theme], audience=tokens.circle_token(circle.uuid)
    )
    knowledge_document(title="Over lood", themes=[theme])
    drain()
    for outsider in (ANONYMOUS, reader):
        page = ask(outsider, "kwikzilver")
        assert (page.total, page.types, page.corrected) == (0, {}, None)
        assert all(not counts for counts in page.facets.values())
        assert suggest(outsider, "kwik") == []
        assert ask(outsider, "lood").facets["theme"] == {}
        assert ask(outsider, "kwikzilvre").corrected is None


def test_narrowing_holds_before_the_job_ran(drain: Callable[[], int], team: Any) -> None:
    page = theme_page(title="Kwikzilver")
    theme_page(title="Kwikzilver en lood")
    drain()
    assert ask(ANONYMOUS, "kwikzilver").total == 2
    change_audience(actor=team[Role.ADMINISTRATOR], page=page, audience=tokens.ACCOUNTS)
    answer = ask(ANONYMOUS, "kwikzilver")
    assert (answer.total, answer.types) == (1, {"theme": 1})
    assert titles(answer) == ["Kwikzilver en lood"]
    assert answer.notice is None
    assert [s.text for s in suggest(ANONYMOUS, "kwikzilver")] == ["Kwikzilver en lood"]


def test_unpublishing_holds_before_the_job_ran(drain: Callable[[], int]) -> None:
    page = theme_page(title="Kwikzilver")
    drain()
    page.unpublish()
    assert ask(ANONYMOUS, "kwikzilver").total == 0


def test_deleting_holds_before_the_job_ran(drain: Callable[[], int]) -> None:
    page = theme_page(title="Kwikzilver")
    drain()
    page.delete()
    assert ask(ANONYMOUS, "kwikzilver").total == 0


def test_a_closed_theme_leaves_the_facets_of_its_documents(
    drain: Callable[[], int], team: Any
) -> None:
    theme = theme_page(title="Lood", slug="lood")
    knowledge_document(title="Over kwikzilver", themes=[theme])
    drain()
    assert ask(ANONYMOUS, "kwikzilver").facets["theme"] == {"lood": 1}
    change_audience(actor=team[Role.ADMINISTRATOR], page=theme, audience=tokens.ACCOUNTS)
    assert ask(ANONYMOUS, "kwikzilver").facets["theme"] == {}
    drain()
    answer = ask(ANONYMOUS, "kwikzilver")
    assert (answer.total, answer.facets["theme"]) == (1, {})


def test_a_person_is_found_by_what_is_shown(drain: Callable[[], int], reader: Reader) -> None:
    person = UserFactory(expertise="kwikzilver")
    drain()
    assert ask(ANONYMOUS, "kwikzilver").total == 0
    found = ask(reader, "kwikzilver")
    assert [hit.key for hit in found.hits] == [f"person:{person.uuid}"]
    person.is_active, person.left_because = False, "stopped"
    person.save()
    assert ask(reader, "kwikzilver").total == 0


def test_a_renamed_organisation_is_found_by_its_new_name(
    drain: Callable[[], int], reader: Reader
) -> None:
    organisation = OrganisationFactory(name="Gemeente Loodwijk")
    person = UserFactory(organisation=organisation)
    drain()
    organisation.name = "Gemeente Kwikstad"
    organisation.save()
    drain()
    assert f"person:{person.uuid}" in [hit.key for hit in ask(reader, "kwikstad").hits]


def test_a_hit_that_does_not_come_back_is_dropped_counted_and_logged(
    drain: Callable[[], int],
) -> None:
    page = theme_page(title="Kwikzilver")
    theme_page(title="Kwikzilver en lood")
    drain()
    # Behind everyone's back, as a fault would.
    ReadablePage.objects.filter(pk=page.pk).update(audience=tokens.ACCOUNTS)
    with capture_logs() as logs:
        answer = ask(ANONYMOUS, "kwikzilver")
    assert titles(answer) == ["Kwikzilver en lood"]
    assert answer.total == 1
    assert [entry["event"] for entry in logs] == ["search.hit_refused"]
    assert State.objects.get().refused_hits == 1


def test_rows_of_another_audience_are_not_shown(drain: Callable[[], int]) -> None:
    theme_page(title="Kwikzilver")
    drain()
    Row.objects.update(audience=tokens.ACCOUNTS)
    assert ask(ANONYMOUS, "kwikzilver").hits == ()


def test_a_theme_comes_before_what_mentions_it_often(drain: Callable[[], int]) -> None:
    knowledge_document(title="Verslag", summary="vakantieparken " * 20)
    theme_page(title="Vakantieparken")
    drain()
    assert titles(ask(ANONYMOUS, "vakantiepark")) == ["Vakantieparken", "Verslag"]


def test_the_obsolete_sinks(drain: Callable[[], int]) -> None:
    old = knowledge_document(title="Kwikzilver meten", summary="kwikzilver kwikzilver")
    knowledge_document(title="Lood", summary="over kwikzilver")
    old.obsolete_since = "2024-01-01"
    old.save()
    drain()
    page = ask(ANONYMOUS, "kwikzilver")
    assert titles(page) == ["Lood", "Kwikzilver meten"]
    assert [hit.is_obsolete for hit in page.hits] == [False, True]


def test_what_is_marked_is_safe(drain: Callable[[], int]) -> None:
    theme_page(
        title="Kwik <b>zilver</b>",
        what="<p>Lood &lt;script&gt;alert(1)&lt;/script&gt; en <b>kwikzilver</b>.</p>",
    )
    drain()
    (hit,) = ask(ANONYMOUS, "kwikzilver alert zilver").hits
    assert "<b>" not in hit.title_html
    assert "<mark>zilver</mark>" in hit.title_html
    assert "<mark>kwikzilver</mark>" in hit.passages[0].html
    assert "<script>" not in hit.passages[0].html


def test_a_hit_opens_at_its_best_heading(drain: Callable[[], int]) -> None:
    theme_page(title="Lood", slug="lood", what="<p>Kwikzilver is gevaarlijk.</p>")
    drain()
    (hit,) = ask(ANONYMOUS, "kwikzilver").hits
    assert hit.url.endswith("/lood/#wat-is-het")
    assert (hit.anchor, hit.page, hit.file) == ("wat-is-het", None, None)


@pytest.mark.parametrize("page", [-5, 0, 2, 10**9])
def test_a_page_that_is_not_there_is_the_nearest_that_is(
    drain: Callable[[], int], page: int
) -> None:
    for number in range(12):
        theme_page(title=f"Kwikzilver {number}")
    drain()
    answer = ask(ANONYMOUS, "kwikzilver", page=page)
    assert (answer.total, answer.pages) == (12, 2)
    assert (answer.page, len(answer.hits)) == ((2, 2) if page > 1 else (1, 10))


def test_pages_show_everything_once(drain: Callable[[], int]) -> None:
    for number in range(23):
        theme_page(title=f"Kwikzilver {number}")
    drain()
    shown = [hit.key for page in (1, 2, 3) for hit in ask(ANONYMOUS, "kwikzilver", page=page).hits]
    assert len(set(shown)) == len(shown) == 23


@pytest.mark.parametrize("asked", [{"text": ""}, {"text": "stuk", "sort": "date"}])
def test_pages_of_equals_are_cut_from_the_same_list(asked: dict[str, Any]) -> None:
    keys = indexed(*(record("stuk") for _ in range(75)))
    shown: list[str] = []
    for page in range(1, 9):
        query = SearchQuery(**asked, page=page)
        candidates = queries.outline(ANONYMOUS, query).candidates[(page - 1) * 10 : page * 10]
        shown += [candidate.key for candidate in candidates if candidate.key in keys]
    assert sorted(shown) == sorted(keys)


def test_a_typing_error_finds_and_is_corrected(drain: Callable[[], int]) -> None:
    theme_page(title="Kwikzilver")
    drain()
    page = ask(ANONYMOUS, "de kwikzlver!")
    assert page.corrected == "de kwikzilver!"
    assert titles(page) == ["Kwikzilver"]


def test_only_the_first_few_words_are_taken_for_typing_errors(drain: Callable[[], int]) -> None:
    few = queries.MOST_ASTRAY
    names = [f"{letter}wikzilver" for letter in "abcdefgh"]
    theme_page(title=" ".join(names))
    drain()
    wrong = [f"{name[:6]}x{name[7:]}" for name in names]
    page = ask(ANONYMOUS, " ".join(wrong))
    assert page.corrected == " ".join([*names[:few], *wrong[few:]])


def test_corrections_come_from_what_the_reader_may_read(
    drain: Callable[[], int], reader: Reader
) -> None:
    theme_page(title="Kwikzilver", audience=tokens.ACCOUNTS)
    drain()
    assert ask(ANONYMOUS, "kwikzlver").corrected is None
    assert ask(reader, "kwikzlver").corrected == "kwikzilver"


def test_words_that_others_may_read_crowd_out_none_of_the_readers_own(
    drain: Callable[[], int], reader: Reader
) -> None:
    theme_page(title="Kwikzilver")
    for letter in "abcdfghijk":
        theme_page(title=f"Kwikzlver{letter}", audience=tokens.ACCOUNTS)
    drain()
    assert ask(ANONYMOUS, "kwikzlver").corrected == "kwikzilver"
    assert ask(reader, "kwikzlver").corrected == "kwikzlvera"


def test_suggestions_start_with_themes_and_beginnings(drain: Callable[[], int]) -> None:
    knowledge_document(title="Vakantie en wonen")
    knowledge_document(title="Handreiking vakantieparken")
    theme_page(title="Vakantieparken")
    found = [(s.type, s.text) for s in suggest(ANONYMOUS, "vakantie")]
    assert found == [
        ("theme", "Vakantieparken"),
        ("document", "Vakantie en wonen"),
        ("document", "Handreiking vakantieparken"),
    ]


@pytest.mark.parametrize("typed", ["", " ", "a", "%", "_", "\0", "x" * 100_000, "🙂🙂"])
def test_anything_may_be_typed_into_suggestions(typed: str) -> None:
    theme_page(title="Vakantieparken")
    assert suggest(ANONYMOUS, typed) == []


def count_queries(run: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


def test_queries_do_not_grow_with_what_is_found(drain: Callable[[], int], reader: Reader) -> None:
    counts: dict[str, list[int]] = {
        text: [] for text in ("kwikzilver", "kwikzlver", '"kwikzilver"', "")
    }
    for number in (1, 11):
        for each in range(number):
            theme_page(title=f"Kwikzilver {number}-{each}")
            knowledge_document(title=f"Kwikzilver {number}-{each}")
        drain()
        for text, counted in counts.items():
            ask(reader, text)
            counted.append(count_queries(lambda text=text: ask(reader, text)))
    for text, (few, many) in counts.items():
        types = 2 + (text == "") * 2
        assert many <= 8 + types, text
        assert many - few <= (1 if text == "" else 0), text


def test_suggesting_takes_a_fixed_number_of_queries(reader: Reader) -> None:
    for number in range(9):
        theme_page(title=f"Kwikzilver {number}")
    assert count_queries(lambda: suggest(reader, "kwik")) == 2


def test_the_engine_is_asked_under_the_readers_audiences_only(reader: Reader) -> None:
    reply = queries._ask(reader, SearchQuery("iets"), queries.weights())
    assert reply.question.audiences == reader.audiences
