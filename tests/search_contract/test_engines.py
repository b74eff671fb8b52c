"""What every engine keeps: one suite, run on each."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from kpo.people import tokens
from kpo.people.tokens import circle_token
from search import generations, rows
from search.engines.protocol import Answer, Engine
from search.records import Passage
from search.weights import Weights
from tests.factories.search import indexed, question, record

pytestmark = pytest.mark.django_db

CIRCLE = circle_token(uuid4())


def ask(engine: Engine, text: str, *audiences: str, **fields: Any) -> Answer:
    return engine.ask(question(text, *audiences, **fields), Weights())


def keys(answer: Answer) -> list[str]:
    return [candidate.key for candidate in answer.candidates]


def test_finds_a_word_in_any_form(engine: Engine) -> None:
    (key, _) = indexed(record("De gemeente controleert bedrijven."), record("Iets anders."))
    assert keys(ask(engine, "gemeenten")) == [key]


@pytest.mark.parametrize("typed", ["vakantie park", "vakantieparken", "vakantiepark-eigenaar"])
def test_compounds_find_each_other_however_they_are_written(engine: Engine, typed: str) -> None:
    texts = ["Fraude op vakantieparken.", "Een vakantie park.", "De vakantiepark-eigenaar."]
    written = indexed(*(record(text) for text in texts), record("Een havenbedrijf."))
    assert set(keys(ask(engine, typed))) >= set(written[:3])


@pytest.mark.parametrize("typed", ["OM", "O.M.", "om", "het OM"])
def test_an_abbreviation_spelled_as_a_stop_word_is_found(engine: Engine, typed: str) -> None:
    (key, _) = indexed(record("Het Openbaar Ministerie (OM) eist."), record("Het gaat om geld."))
    assert keys(ask(engine, typed)) == [key]


def test_accents_make_no_difference(engine: Engine) -> None:
    (key,) = indexed(record("Het barrièremodel."))
    assert keys(ask(engine, "barriere")) == [key]


def test_answers_only_from_audiences_the_reader_holds(engine: Engine) -> None:
    public, accounts, circle = indexed(
        record("kwartaalcijfers"),
        record("kwartaalcijfers", audience=tokens.ACCOUNTS),
        record("kwartaalcijfers", audience=CIRCLE),
    )
    assert set(keys(ask(engine, "kwartaalcijfers"))) == {public}
    signed_in = ask(engine, "kwartaalcijfers", tokens.PUBLIC, tokens.ACCOUNTS)
    assert set(keys(signed_in)) == {public, accounts}
    member = ask(engine, "kwartaalcijfers", tokens.PUBLIC, tokens.ACCOUNTS, CIRCLE)
    assert set(keys(member)) == {public, accounts, circle}


def test_counts_only_what_the_reader_may_read(engine: Engine) -> None:
    indexed(
        record("witwassen", themes=("vastgoed",), kind="factsheet"),
        record("witwassen", themes=("geheim",), kind="handreiking", audience=CIRCLE, type="theme"),
    )
    answer = ask(engine, "witwassen")
    assert answer.total == 1
    assert answer.types == {"document": 1}
    assert answer.facets["theme"] == {"vastgoed": 1}
    assert answer.facets["kind"] == {"factsheet": 1}


def test_a_withheld_key_is_in_no_number(engine: Engine) -> None:
    first, second = indexed(record("witwassen", kind="factsheet"), record("witwassen"))
    answer = ask(engine, "witwassen", withheld=frozenset({first}))
    assert (answer.total, keys(answer)) == (1, [second])
    assert answer.facets["kind"] == {}
    assert answer.types == {"document": 1}


def test_a_word_only_a_withheld_key_has_is_missing(engine: Engine) -> None:
    indexed(record("witwassen"))
    closed = record("kwikzilver", audience=CIRCLE)
    indexed(closed)
    assert ask(engine, "witwassen kwikzilver").missing == {"kwikzilver"}


def test_a_facet_counts_as_if_its_own_choice_were_not_made(engine: Engine) -> None:
    indexed(
        record("drugs", kind="factsheet", regions=("noord",)),
        record("drugs", kind="toolbox", regions=("noord",)),
        record("drugs", kind="toolbox", regions=("zuid",)),
    )
    answer = ask(engine, "drugs", filters={"kind": ("toolbox",)})
    assert answer.total == 2
    assert answer.facets["kind"] == {"toolbox": 2, "factsheet": 1}
    assert answer.facets["region"] == {"noord": 1, "zuid": 1}


def test_several_values_of_one_filter_are_alternatives(engine: Engine) -> None:
    indexed(*(record("drugs", kind=kind) for kind in ("factsheet", "toolbox", "video")))
    assert ask(engine, "drugs", filters={"kind": ("toolbox", "video")}).total == 2


def test_type_counts_ignore_the_chosen_type(engine: Engine) -> None:
    indexed(record("drugs"), record("drugs", type="theme", key=f"theme:{uuid4()}"))
    answer = ask(engine, "drugs", type="theme")
    assert answer.total == 1
    assert answer.types == {"theme": 1, "document": 1}


def test_dates_bound_the_answer_and_order_it(engine: Engine) -> None:
    old, new, _ = indexed(
        record("drugs", date=dt.date(2023, 5, 1)),
        record("drugs", date=dt.date(2025, 5, 1)),
        record("drugs"),
    )
    bounded = ask(engine, "drugs", since=dt.date(2023, 1, 1), until=dt.date(2025, 5, 1))
    assert set(keys(bounded)) == {old, new}
    assert keys(ask(engine, "drugs", sort="date"))[:2] == [new, old]
    assert ask(engine, "drugs").facets["year"] == {"2023": 1, "2025": 1}


def test_a_phrase_is_found_as_it_stands(engine: Engine) -> None:
    together, _ = indexed(record("de witte boorden criminaliteit"), record("boorden, witte was"))
    assert keys(ask(engine, '"witte boorden"')) == [together]


def test_a_phrase_does_not_run_from_one_passage_into_the_next(engine: Engine) -> None:
    indexed(record(passages=(Passage("zware criminele"), Passage("netwerken zijn er"))))
    assert ask(engine, '"criminele netwerken"').total == 0


def test_a_minus_leaves_out(engine: Engine) -> None:
    _, without = indexed(record("havens en drugs"), record("havens en logistiek"))
    assert keys(ask(engine, "havens -drugs")) == [without]


def test_one_of_two_phrases_is_enough_with_or(engine: Engine) -> None:
    wanted = indexed(record("de rode draad"), record("een blauwe maandag"))
    indexed(record("rode maandag"))
    assert set(keys(ask(engine, '"rode draad" OR "blauwe maandag"'))) == set(wanted)


def test_names_what_bears_the_very_title(engine: Engine) -> None:
    named, _ = indexed(record(title="Vakantieparken"), record("vakantieparken " * 20))
    answer = ask(engine, "vakantiepark")
    assert [candidate.key for candidate in answer.named] == [named]


def test_names_what_bears_the_short_name(engine: Engine) -> None:
    (named,) = indexed(record(short_names=("OMG",), title="Outlaw motorcycle gangs"))
    assert [candidate.key for candidate in ask(engine, "omg").named] == [named]


def test_a_closed_name_is_not_named_to_outsiders(engine: Engine) -> None:
    indexed(record(title="Operatie Kwikzilver", audience=CIRCLE))
    assert ask(engine, "Operatie Kwikzilver").named == ()


def test_a_closed_record_ranks_with_the_others_for_who_may_read_it(engine: Engine) -> None:
    indexed(*(record(f"algemene tekst {number} over havens") for number in range(5)))
    (closed,) = indexed(record("havens havens", title="Havens", audience=CIRCLE))
    answer = ask(engine, "havens", tokens.PUBLIC, tokens.ACCOUNTS, CIRCLE)
    assert keys(answer)[0] == closed


def test_what_was_removed_is_found_no_more(engine: Engine) -> None:
    (key,) = indexed(record("witwassen"))
    rows.erase(key)
    indexed()
    assert ask(engine, "witwassen").total == 0


def test_a_changed_audience_moves_a_record_between_the_halves(engine: Engine) -> None:
    was = record("witwassen")
    indexed(was)
    indexed(record("witwassen", key=was.key, audience=CIRCLE))
    assert ask(engine, "witwassen").total == 0
    assert keys(ask(engine, "witwassen", CIRCLE)) == [was.key]


def test_an_index_knows_its_keys_versions_and_audiences(index_kept_in: str) -> None:
    (key,) = indexed(record("witwassen", version=7, audience=tokens.ACCOUNTS))
    assert (key, 7, tokens.ACCOUNTS) in set(generations.serving().known())


@pytest.mark.parametrize(
    "typed",
    ["", " ", "\0", '"', '""', "-", "--", "OR", "OR OR", "((((", "a" * 100_000, "*", "🙂", "'"],
)
def test_anything_may_be_typed(engine: Engine, typed: str) -> None:
    indexed(record("witwassen"))
    assert ask(engine, typed).total >= 0
