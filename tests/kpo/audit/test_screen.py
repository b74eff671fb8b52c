"""The auditor's screen: for who may read the log, with filters, pages and a harmless sheet."""

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from kpo.audit.log import record
from kpo.audit.models import Entry
from kpo.audit.sheet import FORMULA_STARTS, harmless
from kpo.audit.words import declared
from kpo.people.models import User
from kpo.people.roles import Role
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
PATH = "/cms/logboek/"


@pytest.fixture
def auditor(sign_in: Callable[[User], Client]) -> Client:
    return sign_in(UserFactory(roles=[Role.AUDITOR]))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("path", [PATH, f"{PATH}csv/"])
def test_only_the_auditor_gets_the_log(
    role: Role, path: str, sign_in: Callable[[User], Client]
) -> None:
    answer = sign_in(UserFactory(roles=[role] if role is not Role.READER else [])).get(path)
    assert (answer.status_code == 200) is (role is Role.AUDITOR)


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(PATH)["Location"].startswith("/inloggen/")


def test_filters_narrow_and_pages_turn(auditor: Client) -> None:
    person = UserFactory(first_name="Sanne", last_name="de Wit")
    for _ in range(60):
        record("files.read_closed", actor=person)
    record("people.invite", actor=None, outcome="refused")
    first = auditor.get(PATH, {"action": "files.", "words": "sanne wit"})
    assert len(first.context["page"].object_list) == 50
    assert {entry.action for entry in first.context["page"]} == {"files.read_closed"}
    second = auditor.get(PATH, {"action": "files.", "pagina": "2"})
    assert len(second.context["page"].object_list) == 10
    refused = auditor.get(PATH, {"outcome": "refused"})
    assert [entry.action for entry in refused.context["page"]] == ["people.invite"]
    nothing = auditor.get(PATH, {"last": "2020-01-01"})
    assert not nothing.context["page"].object_list


def test_the_screen_speaks_dutch_and_offers_every_phrase(auditor: Client) -> None:
    person = UserFactory()
    record("people.set_roles", actor=person, obj=person)
    record("people.from_long_ago", actor=None)
    page = auditor.get(PATH).content.decode()
    table = page[page.index('class="listing"') :].partition("</table>")[0]
    for words in ("Rollen van iemand wijzigen", "<br>persoon", "people.from_long_ago"):
        assert words in table
    for code in ("people.set_roles", "people.user"):
        assert code not in table
    for phrase in declared().values():
        assert escape(phrase) in page


def test_a_chosen_action_does_not_find_what_begins_like_it(auditor: Client) -> None:
    record("people.export", actor=None)
    record("people.export_own_data", actor=None)
    found = auditor.get(PATH, {"action": "people.export"}).context["page"]
    assert [entry.action for entry in found] == ["people.export"]


@pytest.mark.parametrize(
    "query",
    [
        {"pagina": "10000000000"},
        {"pagina": "x"},
        {"first": "gisteren"},
        {"outcome": "zomaar"},
        {"words": "%_\\'\" =" * 20},
        {"action": "a" * 500},
    ],
)
def test_odd_questions_get_an_answer(auditor: Client, query: dict[str, str]) -> None:
    assert auditor.get(PATH, query).status_code == 200


@pytest.mark.parametrize("count", [1, 49])
def test_a_page_takes_the_same_queries_for_more_entries(auditor: Client, count: int) -> None:
    for _ in range(count):
        record("people.invite", actor=None)
    auditor.get(PATH)
    with CaptureQueriesContext(connection) as queries:
        auditor.get(PATH)
    assert len(queries) <= 20


def test_the_sheet_holds_all_pages_and_is_logged(auditor: Client) -> None:
    record("people.invite", actor=UserFactory(first_name="=cmd|'/C calc'!A0", last_name="x"))
    for _ in range(70):
        record("files.read_closed", actor=None)
    answer = auditor.get(f"{PATH}csv/", {"action": "people.invite"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[1] for row in rows] == ["handeling", "people.invite"]
    assert [row[2] for row in rows] == ["handeling in woorden", "Iemand uitnodigen"]
    assert rows[1][4].startswith("'=cmd")
    everything = b"".join(auditor.get(f"{PATH}csv/").streaming_content).decode()
    assert everything.count("files.read_closed") == 70
    assert Entry.objects.filter(action="audit.export").count() == 2


@given(text=st.text(max_size=30))
def test_no_cell_starts_a_formula(text: str) -> None:
    cell = harmless(text)
    assert cell.endswith(text)
    assert not cell.startswith(FORMULA_STARTS)
    assert not cell.lstrip(" ").startswith(FORMULA_STARTS)
