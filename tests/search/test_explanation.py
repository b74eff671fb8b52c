"""The screen that says why hits stand in this order shows the very numbers, and nothing closed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields

import pytest
from django.test import Client

from kpo.people import tokens
from kpo.people.models import User
from kpo.people.reader import ANONYMOUS, reader_for
from kpo.people.roles import Role
from search import queries, weight_words
from search.explanation import explain
from search.models import Synonym
from search.pin_actions import save_pin
from search.pinned import Pin
from search.records import SearchQuery
from search.synonym_actions import save_synonym
from search.weights import Weights
from tests.conftest import Team
from tests.factories.pages import knowledge_document, theme_page
from tests.factories.people import CircleFactory, UserFactory

SCREEN = "/cms/zoekvolgorde/"


@pytest.mark.django_db
@pytest.mark.usefixtures("site")
def test_an_explanation_adds_up_to_the_order_of_the_search_itself(
    team: Team, drain: Callable[[], int]
) -> None:
    theme_page(title="Vakantieparken")
    knowledge_document(title="Verslag", summary="een vakantiepark en een bungalow")
    knowledge_document(title="Anders", summary="over bungalows")
    pinned = knowledge_document(title="Uitgelicht", summary="niets ervan")
    save_synonym(actor=team[Role.EDITOR], synonym=Synonym(term="huisje", others=["bungalow"]))
    drain()
    asked = "vakantieparken huisje xyzzy"
    save_pin(actor=team[Role.EDITOR], pin=Pin(questions=[asked], pages=[pinned.uuid]))
    answer = queries.search(ANONYMOUS, SearchQuery(asked))
    found = explain(ANONYMOUS, asked)
    assert [row.title for row in found.pinned] == ["Uitgelicht"]
    for mine, shown in zip(found.hits, answer.hits[1:], strict=True):
        assert mine.row.key == shown.key
        one = mine.scored
        added = one.candidate.value + one.words + one.section + one.together
        score = added * math.prod(one.boosts.values())
        assert round(score, 4) == shown.score
    assert (found.total, found.missing) == (answer.total, {"xyzzy"})
    assert "bungalow" in found.synonyms["huisje"]
    verslag = next(hit for hit in found.hits if hit.row.title == "Verslag")
    traces = {word.text: word.traces for word in verslag.words}
    assert [(trace.field, trace.credit) for trace in traces["vakantieparken"]] == [("body", 1.0)]
    assert [trace.is_synonym for trace in traces["huisje"]] == [True]
    assert traces["xyzzy"] == ()


@pytest.mark.django_db
@pytest.mark.usefixtures("site")
def test_nobody_is_explained_more_than_they_may_read(
    team: Team, drain: Callable[[], int], sign_in: Callable[[User], Client]
) -> None:
    circle = CircleFactory(parts=[])
    theme_page(title="Loodwit", audience=tokens.circle_token(circle.uuid))
    theme_page(title="Loodgrijs over loodwit", audience=tokens.ACCOUNTS)
    drain()
    editor, member = team[Role.EDITOR], UserFactory()
    circle.grants.create(person=member)
    titles = ["Loodwit", "Loodgrijs over loodwit"]
    for person, kind, seen in (
        (member, "eigen", titles),
        (member, "account", titles[1:]),
        (member, "bezoeker", []),
        (editor, "eigen", titles[1:]),
    ):
        found = explain(reader_for(person), "loodwit", kind)
        assert ([hit.row.title for hit in found.hits], found.total) == (seen, len(seen))
    assert explain(ANONYMOUS, "loodwit", "account").total == 0
    html = sign_in(editor).get(SCREEN, {"vraag": "loodwit"}).content.decode()
    assert "1 resultaat voor" in html
    assert "precies dit woord" in html
    assert "Licht uit bij deze vraag" in html


@pytest.mark.django_db
@pytest.mark.usefixtures("site")
def test_who_explains_no_order_finds_no_screen(sign_in: Callable[[User], Client]) -> None:
    board = sign_in(UserFactory(roles=[Role.BOARD_MEMBER]))
    assert board.get(SCREEN).status_code == 404
    editor = sign_in(UserFactory(roles=[Role.EDITOR]))
    assert editor.get(SCREEN, {"vraag": "x" * 301}).status_code == 400
    assert editor.get(SCREEN, {"vraag": "x", "als": "nobody"}).status_code == 400


def test_every_weight_is_explained() -> None:
    lines = list(weight_words.lines(Weights(body_pairs=9.0)))
    assert [line.name for line in lines] == [field.name for field in fields(Weights)]
    assert weight_words.WORDS.keys() == {field.name for field in fields(Weights)}
    assert [line.name for line in lines if line.is_changed] == ["body_pairs"]
