"""Whatever is typed, there is an answer: no engine, page or suggestion ends in an error."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from kpo.load_model import vocabulary
from search import terms
from search.engines.protocol import Engine
from search.forms import TEXT_LENGTH
from search.questions import MOST_WORDS, parse
from search.records import Passage
from search.weights import Weights
from tests.factories.pages import theme_page
from tests.factories.search import indexed, question, record
from tests.odd_questions import odd_questions

# A sample; `make bench` asks 20,000 of both engines and of the page.
READ, ASKED, OPENED = 3_000, 100, 60

pytestmark = pytest.mark.slow


def test_every_question_becomes_words_and_weights() -> None:
    for typed in odd_questions(READ, seed=1):
        wanted = parse(typed)
        assert len(wanted.words) <= MOST_WORDS, typed
        assert all(weight >= 0 for weight in terms.terms_of(wanted, Weights()).values()), typed


@pytest.mark.django_db
def test_every_engine_answers(engine: Engine) -> None:
    indexed(record("Toezicht op een vakantiepark, art. 13b Opiumwet."), record("O.M. en barrière."))
    for typed in odd_questions(ASKED, seed=2):
        answer = engine.ask(question(typed), Weights())
        assert answer.total >= len(answer.candidates), typed


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/zoeken/", "/zoeken/suggesties/"])
def test_every_question_gets_a_page(client: Client, path: str, drain: Callable[[], int]) -> None:
    theme_page(title="Toezicht op vakantieparken")
    drain()
    for typed in odd_questions(OPENED, seed=3):
        assert client.get(path, {"q": typed}).status_code in (200, 400), typed


@pytest.mark.django_db
def test_a_pasted_paragraph_of_words_that_all_occur_is_answered(engine: Engine) -> None:
    pasted = " ".join(vocabulary()[0][8_000 : 8_000 + MOST_WORDS])[:TEXT_LENGTH]
    indexed(record(title=pasted, passages=(Passage(text=pasted, heading=pasted),)))
    assert len(terms.terms_of(parse(pasted), Weights())) == terms.MOST_TERMS
    assert engine.ask(question(pasted), Weights()).total == 1
