"""What means the same is found on every engine, and is neither missing nor found in pieces."""

from __future__ import annotations

from uuid import uuid4

import pytest

from kpo.people import tokens
from kpo.people.tokens import circle_token
from search.engines.postgres import PostgresEngine
from search.engines.protocol import Answer, Engine
from search.expansion import Entry, Expansion
from search.questions import Question, parse
from search.weights import Weights
from tests.factories.search import indexed, record

pytestmark = pytest.mark.django_db

CIRCLE = circle_token(uuid4())
LIST = Expansion([Entry("OMG", ("outlaw motorcycle gang", "motorbende"))])


def ask(engine: Engine, text: str, *audiences: str) -> Answer:
    held = frozenset({tokens.PUBLIC, *audiences})
    return engine.ask(Question(parse(text, LIST), held), Weights())


def keys(answer: Answer) -> set[str]:
    return {candidate.key for candidate in answer.candidates}


def test_a_synonym_counts_as_the_word(engine: Engine) -> None:
    one, several, _ = indexed(
        record("Een motorbende."), record("De outlaw motorcycle gangs."), record("Een bakker.")
    )
    answer = ask(engine, "OMG")
    assert keys(answer) == {one, several}
    assert answer.total == 2
    assert answer.missing == frozenset()


def test_a_term_of_several_words_is_found_by_its_abbreviation(engine: Engine) -> None:
    (key, _) = indexed(record("Het clubhuis van een OMG."), record("Een bakker."))
    answer = ask(engine, "outlaw motorcycle gangs")
    assert keys(answer) == {key}
    assert answer.missing == frozenset()


def test_the_word_itself_comes_first(engine: Engine) -> None:
    itself, other = indexed(record("Over een OMG."), record("Over een motorbende."))
    found = [candidate.key for candidate in ask(engine, "OMG").candidates]
    assert set(found) == {itself, other}
    # PostgreSQL has no weights for words of a question; the evidence looks at both afterwards.
    assert found[0] == itself or engine.name == PostgresEngine.name


def test_quotes_want_the_word_itself(engine: Engine) -> None:
    indexed(record("Een motorbende."))
    assert keys(ask(engine, '"OMG"')) == set()


def test_a_synonym_opens_nothing_closed(engine: Engine) -> None:
    (key,) = indexed(record("Een motorbende.", audience=CIRCLE))
    answer = ask(engine, "OMG")
    assert keys(answer) == set()
    assert answer.missing == {"omg"}
    assert keys(ask(engine, "OMG", CIRCLE)) == {key}


@pytest.mark.parametrize("typed", ["opium wet", "opiumwet", "Opium-wet"])
def test_short_parts_make_compounds_too(engine: Engine, typed: str) -> None:
    written = indexed(record("De Opiumwet."), record("Een opium wet."))
    assert keys(ask(engine, typed)) == set(written)
