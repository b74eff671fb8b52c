"""What is kept of questions: enough to see what is missing, too little to see who asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from structlog.testing import capture_logs

from kpo.audit.models import Entry
from kpo.casedata.models import Pattern
from kpo.people.models import User
from kpo.people.roles import Role
from search import insight
from search.jobs import settle_insight
from search.models import AskedInMonth, Asking, DayKey, MissingReport
from tests.factories import pages
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
BSN = "111222333"
KLIK, OORDEEL, GEMIST = "/zoeken/klik/", "/mijn/zoekoordeel/", "/mijn/gemist/"
SCREEN = "/cms/zoekinzicht/"


@pytest.fixture
def site() -> Any:
    return pages.home_page()


@pytest.fixture
def editor(site: Any) -> User:
    person: User = UserFactory(roles=[Role.EDITOR])
    return person


def ask(client: Client, text: str, **more: str) -> None:
    assert client.get("/zoeken/", {"q": text, **more}).status_code == 200


def ask_by(sign_in: SignIn, number: int, text: str, **more: str) -> None:
    for _ in range(number):
        ask(sign_in(UserFactory()), text, **more)


def screen(client: Client, **asked: str) -> str:
    response = client.get(SCREEN, asked)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# --- What is kept --------------------------------------------------------------------------------
def test_a_question_is_kept_once_a_day_without_the_person(sign_in: SignIn, site: Any) -> None:
    person = UserFactory()
    client = sign_in(person)
    for text in ("Lege  Loods", "lege loods", "LEGE LOODS"):
        ask(client, text)
    (asked,) = Asking.objects.all()
    assert (asked.text, asked.is_found, asked.is_clicked) == ("lege loods", False, None)
    assert str(person.uuid) not in asked.asker
    assert person.uuid.hex not in asked.asker
    ask(sign_in(UserFactory()), "lege loods")
    assert Asking.objects.values("asker").distinct().count() == 2


def test_the_same_person_is_another_asker_under_another_key(
    rf: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = rf.get("/zoeken/")
    request.user = UserFactory()
    askers = []
    for key in (b"a" * 32, b"b" * 32):
        monkeypatch.setattr(insight, "_keys", {timezone.localdate(): key})
        askers.append(insight._asker(request))
    assert askers[0] != askers[1]


def test_only_the_question_itself_counts(sign_in: SignIn, site: Any) -> None:
    client = sign_in(UserFactory())
    pages.theme_page(slug="havens", title="Havens")
    narrowed = ({"pagina": "2"}, {"volgorde": "datum"}, {"soort": "document"})
    for more in (*narrowed, {"regio": "limburg"}, {"van": "2025-01-01"}):
        ask(client, "loods", **more)
    assert Asking.objects.count() == 0
    ask(client, "loods", thema="havens")
    assert Asking.objects.get().theme == "havens"


def test_a_question_belongs_to_the_theme_of_its_best_hits(sign_in: SignIn, site: Any) -> None:
    one, other = (pages.theme_page(slug=slug, title=slug.title()) for slug in ("een", "twee"))
    pages.knowledge_document(title="Een loods", themes=[one, other])
    pages.knowledge_document(title="Nog een loods", themes=[other])
    ask(sign_in(UserFactory()), "loods")
    assert Asking.objects.get().theme == "twee"


@pytest.mark.parametrize("text", [f"wie is {BSN}", "bsn 111.222.333", "NL91 ABNA 0417 1643 00"])
def test_case_numbers_are_never_kept(sign_in: SignIn, site: Any, text: str) -> None:
    ask(sign_in(UserFactory()), text)
    assert Asking.objects.count() == 0


def test_own_patterns_are_never_kept(
    sign_in: SignIn, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(insight, "_own", (0.0, []))
    ask(sign_in(UserFactory()), "zaak QX-1234")
    assert Asking.objects.count() == 1
    Pattern.objects.create(name="Zaak", expression=r"(?i)qx-\d{4}", severity="block")
    monkeypatch.setattr(insight, "_own", (0.0, []))
    ask(sign_in(UserFactory()), "zaak QX-1234")
    assert Asking.objects.count() == 1
    insight.settle(timezone.localdate())
    assert Asking.objects.count() == 0


@pytest.mark.parametrize("text", ["lo " * 60, "ada@persona.example"])
def test_what_may_say_too_much_is_counted_without_its_text(
    sign_in: SignIn, site: Any, text: str
) -> None:
    ask(sign_in(UserFactory()), text)
    assert Asking.objects.get().text == ""


def test_a_question_that_cannot_be_counted_is_answered(
    sign_in: SignIn, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(Asking.objects, "bulk_create", refuse)
    with capture_logs() as logs:
        ask(sign_in(UserFactory()), "loods")
    assert "search.question_uncounted" in [line["event"] for line in logs]


# --- Clicks and answers --------------------------------------------------------------------------
def test_a_click_is_marked_on_the_own_question(sign_in: SignIn, site: Any) -> None:
    mine, other = sign_in(UserFactory()), sign_in(UserFactory())
    for client in (mine, other):
        ask(client, "loods")
    for opened in ("0", "1", "0"):
        sent = {"q": " Loods", "gevolgd": opened}
        assert mine.post(KLIK, sent).status_code == 204
    assert sorted(Asking.objects.values_list("is_clicked", flat=True), key=str) == [None, True]
    assert mine.post(KLIK, {"q": "iets anders", "gevolgd": "1"}).status_code == 204
    assert Asking.objects.count() == 2
    assert mine.post(KLIK, {"q": "loods", "gevolgd": "ja"}).status_code == 422


def test_no_click_is_something_else_than_not_known(sign_in: SignIn, site: Any) -> None:
    client = sign_in(UserFactory())
    ask(client, "loods")
    client.post(KLIK, {"q": "loods", "gevolgd": "0"})
    assert Asking.objects.get().is_clicked is False


def test_yes_or_no_is_kept_with_the_question(sign_in: SignIn, site: Any) -> None:
    client = sign_in(UserFactory())
    ask(client, "loods")
    sent = {"q": "loods", "antwoord": "nee", "terug": "q=loods&regio=limburg"}
    response = client.post(OORDEEL, sent)
    assert response.headers["Location"] == "/zoeken/?q=loods&regio=limburg"
    assert Asking.objects.get().is_useful is False
    response = client.post(OORDEEL, sent | {"antwoord": "ja"}, headers={"HX-Request": "true"})
    assert "Bedankt." in response.content.decode()
    assert Asking.objects.get().is_useful is True
    assert client.post(OORDEEL, {"q": "loods", "antwoord": "x"}).status_code == 422


@pytest.mark.parametrize("back", ["https://elders.example/", "//elders.example", "a=b"])
def test_the_way_back_leads_nowhere_else(sign_in: SignIn, site: Any, back: str) -> None:
    sent = {"q": "loods", "antwoord": "ja", "terug": back}
    assert sign_in(UserFactory()).post(OORDEEL, sent).headers["Location"] == "/zoeken/"


# --- The night after -----------------------------------------------------------------------------
def asked_on(day: date, text: str, askers: int, **fields: Any) -> None:
    values = {"is_found": False, "theme": ""} | fields
    for number in range(askers):
        Asking.objects.create(day=day, text=text, asker=f"{text}{number}", **values)


def test_the_night_keeps_only_what_five_people_asked() -> None:
    today = date(2026, 11, 22)
    asked_on(date(2026, 11, 20), "loods", 5, theme="havens", is_clicked=None)
    asked_on(date(2026, 11, 21), "loods", 4, theme="havens")
    asked_on(date(2026, 11, 21), "erf", 6, is_found=True, is_clicked=False, is_useful=True)
    asked_on(today, "vandaag", 9)
    DayKey.objects.create(day=date(2026, 11, 21), key=b"x")
    insight.settle(today)
    kept = AskedInMonth.objects.order_by("text").values_list(
        "month", "theme", "text", "times", "without_result", "watched", "without_click", "useful"
    )
    month = date(2026, 11, 1)
    assert list(kept) == [
        (month, "havens", "", 4, 4, 0, 0, 0),
        (month, "", "erf", 6, 0, 6, 6, 6),
        (month, "havens", "loods", 5, 5, 0, 0, 0),
    ]
    assert set(Asking.objects.values_list("text", flat=True)) == {"vandaag"}
    assert DayKey.objects.count() == 0


def test_one_person_on_five_days_stays_rare() -> None:
    for day in range(1, 6):
        asked_on(date(2026, 11, day), "buurman", 1)
    insight.settle(date(2026, 11, 22))
    assert list(AskedInMonth.objects.values_list("text", "times")) == [("", 5)]


def test_nights_add_up_and_old_months_go() -> None:
    asked_on(date(2026, 11, 20), "loods", 5)
    insight.settle(date(2026, 11, 21))
    asked_on(date(2026, 11, 21), "loods", 7)
    insight.settle(date(2026, 11, 22))
    assert AskedInMonth.objects.get().times == 12
    insight.settle(date(2028, 11, 30))
    assert AskedInMonth.objects.count() == 1
    insight.settle(date(2029, 1, 1))
    assert AskedInMonth.objects.count() == 0


def test_the_job_settles_what_was_before_today() -> None:
    asked_on(timezone.localdate() - timedelta(days=3), "loods", 1)
    settle_insight.call()
    assert Asking.objects.count() == 0


# --- The screen ----------------------------------------------------------------------------------
def test_four_askers_hide_a_text_and_the_fifth_shows_it(
    sign_in: SignIn, editor: User, site: Any
) -> None:
    client = sign_in(editor)
    ask_by(sign_in, 4, "sierteelt")
    html = screen(client)
    assert "sierteelt" not in html
    assert "4 zeldzame zoekvragen, waarvan 4 zonder resultaat" in html
    ask_by(sign_in, 1, "sierteelt")
    assert "sierteelt" in screen(client)


def test_a_theme_narrows_and_one_that_is_closed_to_the_editor_is_unknown(
    sign_in: SignIn, site: Any
) -> None:
    pages.theme_page(slug="havens", title="Havens")
    pages.theme_page("public-sector", slug="dicht", title="Dicht thema")
    today = timezone.localdate()
    asked_on(today, "kade", 5, theme="havens")
    asked_on(today, "kluis", 6, theme="dicht")
    html = screen(sign_in(UserFactory(roles=[Role.EDITOR], private=True)))
    assert ("kade" in html, "kluis" in html, "Dicht thema" in html) == (True, False, False)
    assert "<dt>Zoekvragen</dt><dd>5</dd>" in html
    client = sign_in(UserFactory(roles=[Role.EDITOR]))
    assert "kluis" in screen(client)
    assert "kluis" not in screen(client, thema="havens")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.EDITOR, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.AUDITOR, 404),
        (Role.AMBASSADOR, 404),
    ],
)
def test_the_screen_is_for_editors_and_administrators(
    sign_in: SignIn, site: Any, role: Role, status: int
) -> None:
    assert sign_in(UserFactory(roles=[role])).get(SCREEN).status_code == status


# --- What is missing -----------------------------------------------------------------------------
def test_a_report_reaches_the_editors_without_its_maker(
    sign_in: SignIn, editor: User, site: Any
) -> None:
    pages.theme_page(slug="havens", title="Havens")
    person = UserFactory()
    client = sign_in(person)
    assert 'value="sierteelt"' in client.get(f"{GEMIST}?q=sierteelt").content.decode()
    sent = {"text": "sierteelt", "theme": "havens", "remark": "Een handreiking over kassen."}
    assert client.post(GEMIST, sent).headers["Location"] == "/zoeken/"
    report = MissingReport.objects.get()
    assert (report.text, report.theme) == ("sierteelt", "havens")
    (entry,) = Entry.objects.filter(action="search.report_missing")
    assert (entry.object_id, entry.details) == ("", {})
    cms = sign_in(editor)
    assert "Een handreiking over kassen." in screen(cms)
    assert cms.post(f"{SCREEN}gemist/{report.uuid}/").status_code == 302
    assert "Een handreiking over kassen." not in screen(cms)
    assert cms.post(f"{SCREEN}gemist/{report.uuid}/").status_code == 404


def test_a_report_about_a_theme_the_editor_may_not_read_is_not_there(
    sign_in: SignIn, site: Any
) -> None:
    pages.theme_page("public-sector", slug="dicht", title="Dicht thema")
    report = MissingReport.objects.create(text="kluis", theme="dicht")
    client = sign_in(UserFactory(roles=[Role.EDITOR], private=True))
    assert "kluis" not in screen(client)
    assert client.post(f"{SCREEN}gemist/{report.uuid}/").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"text": f"bsn {BSN}"}, {"theme": "dicht"}, {"remark": "x" * 501}]
)
def test_a_report_that_cannot_be_kept_is_shown_again(
    sign_in: SignIn, site: Any, wrong: dict[str, str]
) -> None:
    pages.theme_page("public-sector", slug="dicht", title="Dicht thema")
    client = sign_in(UserFactory(private=True))
    sent = {"text": "kassen", "theme": "", "remark": "Hier miste ik iets."} | wrong
    response = client.post(GEMIST, sent)
    html = response.content.decode()
    assert response.status_code == 422
    assert sent["remark"] in html
    assert "Dicht thema" not in html
    assert MissingReport.objects.count() == 0
