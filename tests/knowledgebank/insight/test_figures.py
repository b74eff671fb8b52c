"""Figures: each is the number of the list behind it, under the rights of who looks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from knowledgebank.insight import figures
from knowledgebank.insight.actions import set_goal
from knowledgebank.models import (
    Concern,
    KnowledgePage,
    ReadCount,
    Release,
    ReviewItem,
    ThemeGoal,
    ThemePage,
)
from kpo.audit.models import Entry
from kpo.people import tokens
from kpo.people.choices import Sector
from kpo.people.models import User
from kpo.people.reader import reader_for
from kpo.people.roles import Role
from tests.counting import queries_of
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory
from tests.factories.review import (
    approve,
    author,
    review_all,
    reviewer,
    send_back,
    submitted,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def board() -> User:
    found: User = UserFactory(roles=[Role.BOARD_MEMBER])
    return found


def reviewed(page: KnowledgePage) -> None:
    release = Release.objects.create(page=page, fingerprint="x", way=Release.Way.REVIEW)
    KnowledgePage.objects.filter(pk=page.pk).update(release=release)


@pytest.fixture
def theme() -> ThemePage:
    """With a document in every state, and one that only a circle reads."""
    found: ThemePage = theme_page(title="Lege schuren")
    today = timezone.localdate()
    circle = CircleFactory(parts=[("sector", Sector.RIEC)])
    pages = [
        knowledge_document(themes=[found], review_due_on=day)
        for day in (today - timedelta(days=1), today + timedelta(days=10), None)
    ]
    reviewed(pages[0])
    reviewed(knowledge_document(circle.token, themes=[found]))
    Concern.objects.create(page=pages[1], reason=Concern.Reason.WRONG)
    knowledge_document(themes=[found], obsolete_since=today)
    return found


def test_every_figure_is_the_number_of_its_list(theme: ThemePage, sign_in: SignIn) -> None:
    riec = OrganisationFactory(sector=Sector.RIEC)
    people = [UserFactory(organisation=riec, roles=[Role.BOARD_CHAIR]), UserFactory(
        private=True, roles=[Role.ADMINISTRATOR])]  # fmt: skip
    totals = []
    for person in people:
        client = sign_in(person)
        context = client.get("/redactieraad/inzicht/").context
        for counted in (*context["content"], *context["ages"]):
            answer = client.get("/redactieraad/inzicht/stukken/", {"stand": counted.state.key})
            assert answer.context["rows"].paginator.count == counted.count, counted.state.key
        for line in context["themes"]:
            asked = {"thema": line.theme.slug}
            whole = client.get("/redactieraad/inzicht/stukken/", asked).context["rows"]
            assert whole.paginator.count == line.total
            asked["stand"] = "beoordeeld"
            good = client.get("/redactieraad/inzicht/stukken/", asked).context["rows"]
            assert good.paginator.count == line.reviewed
        totals.append((context["total"], context["themes"][0].reviewed))
    assert totals == [(5, 2), (4, 1)]


def test_only_the_board_and_administrators_see_figures(sign_in: SignIn) -> None:
    seen = {
        role
        for role in Role
        if sign_in(UserFactory(roles=[role])).get("/redactieraad/inzicht/").status_code == 200
    }
    assert seen == {Role.BOARD_MEMBER, Role.BOARD_CHAIR, Role.ADMINISTRATOR}
    stranger = sign_in(UserFactory())
    for path in ("stukken/", "csv/"):
        assert stranger.get(f"/redactieraad/inzicht/{path}").status_code == 404


def test_the_board_sets_a_goal_for_a_theme_that_it_reads(
    theme: ThemePage, board: User, sign_in: SignIn
) -> None:
    client = sign_in(board)
    path = f"/redactieraad/inzicht/doel/{theme.uuid}/"
    client.post(path, {"percent": "80"})
    line = figures.themes(reader_for(board))[0]
    assert (line.goal, line.percent, line.is_short) == (80, 25, True)
    for wrong in ("101", "-1", "veel"):
        client.post(path, {"percent": wrong})
    assert ThemeGoal.objects.get().percent == 80
    client.post(path, {"percent": ""})
    assert not ThemeGoal.objects.exists()
    administrator = UserFactory(roles=[Role.ADMINISTRATOR])
    assert sign_in(administrator).post(path, {"percent": "5"}).status_code == 404
    with pytest.raises(PermissionDenied):
        set_goal(actor=administrator, theme=theme, percent=5)
    closed = theme_page(CircleFactory(parts=[("sector", Sector.RIEC)]).token)
    assert client.post(f"/redactieraad/inzicht/doel/{closed.uuid}/", {}).status_code == 404


def test_a_small_house_is_not_told(board: User) -> None:
    today = timezone.localdate()
    large, small = OrganisationFactory(name="Groot"), OrganisationFactory(name="Klein")
    for _ in range(9):
        UserFactory(organisation=large, last_active_on=today)
    for _ in range(2):
        UserFactory(organisation=small, last_active_on=today)
    UserFactory(organisation=large, last_active_on=today - timedelta(days=31))
    found = figures.accounts()
    assert [(region.count, region.parts) for region in found.regions] == [(11, [])]


def test_the_sheet_holds_the_figures_and_no_closed_title(
    theme: ThemePage, board: User, sign_in: SignIn
) -> None:
    theme_page(CircleFactory(parts=[("sector", Sector.RIEC)]).token, title="Gesloten thema")
    theme_page(title="=1+1", audience=tokens.PUBLIC)
    answer = sign_in(board).get("/redactieraad/inzicht/csv/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # as it streams
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert ["thema, stukken", "Lege schuren", "4"] in rows
    assert ["thema, stukken", "'=1+1", "1"] in rows
    assert "Gesloten thema" not in text
    assert Entry.objects.filter(action="knowledgebank.export_insight").exists()


def test_what_is_read_most_is_told_without_what_few_read_or_may_read(board: User) -> None:
    today = timezone.localdate()
    circle = CircleFactory()
    circle.grants.create(person=board)
    often, rarely = knowledge_document(title="Vaak"), knowledge_document(title="Zelden")
    closed = knowledge_document(circle.token, title="Voor een paar mensen")
    for page, times in ((often, 9), (rarely, 4), (closed, 30)):
        ReadCount.objects.create(page=page, day=today, times=times)
        ReadCount.objects.create(page=page, day=today - timedelta(days=60), times=50)
    assert [(page.title, page.times) for page in figures.most_read(reader_for(board))] == [
        ("Vaak", 9)
    ]
    for _ in range(4):
        circle.grants.create(person=UserFactory())
    titles = [page.title for page in figures.most_read(reader_for(board))]
    assert titles == ["Voor een paar mensen", "Vaak"]
    assert "Voor een paar mensen" not in [
        page.title for page in figures.most_read(reader_for(UserFactory(roles=[Role.BOARD_CHAIR])))
    ]


def test_the_time_to_publication_runs_from_the_first_time_it_was_handed_in(board: User) -> None:
    review_all()
    writer = author()
    first = submitted(writer, theme_page(live=False))
    ReviewItem.objects.update(started_at=timezone.now() - timedelta(days=20))
    send_back(reviewer(0), first)
    page = first.page.specific
    second = submitted(writer, page, summary="Met de bron erbij.")
    approve(reviewer(0), second)
    approve(reviewer(1), second)
    assert figures.pace(reader_for(board)) == figures.Pace(1, 20, 20, 0)


def test_every_bar_stands_in_a_table_beside_its_number(theme: ThemePage, sign_in: SignIn) -> None:
    answer = sign_in(UserFactory(roles=[Role.BOARD_CHAIR])).get("/redactieraad/inzicht/")
    html = answer.content.decode()
    rows = [row for row in re.findall(r"<tr.*?</tr>", html, re.DOTALL) if "<progress" in row]
    assert len(rows) == html.count("<progress") > 3
    assert html.count("<caption") == html.count("<table")
    assert ">Aandeel</th>" in html
    assert ">Deel</th>" not in html
    counts = [one.count for one in (*answer.context["content"], *answer.context["ages"])]
    numbers = [re.search(r"<td[^>]*>(\d+)</td>", row) for row in rows]
    assert [int(found[1]) for found in numbers if found] == counts
    shares = [int(found[1]) for row in rows if (found := re.search(r">(\d+)%</td>", row))]
    assert shares == [round(100 * count / answer.context["total"]) for count in counts]


def test_figures_of_many_pages_ask_as_much_as_of_few(theme: ThemePage, sign_in: SignIn) -> None:
    client = sign_in(UserFactory(roles=[Role.BOARD_CHAIR]))
    paths = ("/redactieraad/inzicht/", "/redactieraad/inzicht/stukken/")

    def asked() -> list[int]:
        for path in paths:
            client.get(path)
        return [queries_of(partial(client.get, path)) for path in paths]

    few = asked()
    for number in range(6):
        reviewed(knowledge_document(themes=[theme_page(title=f"Thema {number}"), theme]))
    assert asked() == few
