"""The best section of a hit, and what only breaks ties between hits."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from search import folding, ranking
from search.dutch import analyze, words
from search.engines.protocol import Answer, Candidate
from search.evidence import Fields, Text
from search.questions import Question, parse
from search.sections import Sections, Sought
from search.weights import Weights

NOTHING = Text.of([])
TODAY = dt.date(2026, 6, 1)
LONG = " ".join(f"woord{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")


def best(asked: str, *sections: str) -> float:
    sought = Sought(map(analyze, words(asked)), {})
    return sought.best(Sections.of(words(section) for section in sections))


def test_words_together_are_worth_more_than_words_strewn_over_a_document() -> None:
    assert best("loods haven", "loods haven", "zand") > best("loods haven", "loods", "haven")


def test_a_word_with_a_letter_wrong_still_counts_and_what_is_absent_does_not() -> None:
    assert best("kwikzilver", "kwikzlver") > 0
    assert best("kwikzilver", "haven") == best("kwikzilver") == 0


def test_a_rare_word_weighs_more() -> None:
    asked = [analyze("lood"), analyze("haven")]
    sought = Sought(asked, {"lood": 6.0, "haven": 1.0})
    assert sought.best(Sections.of([["lood"]])) > sought.best(Sections.of([["haven"]]))


def test_a_synonym_counts_a_little_less_than_the_word_itself() -> None:
    asked, other = analyze("loods"), (analyze("opslagruimte"),)
    sought = Sought([asked], {}, {asked.stem: (other,)}, synonym=0.8)
    itself, meant = (sought.best(Sections.of([[word]])) for word in ("loods", "opslagruimte"))
    assert 0 < meant < itself
    assert sought.best(Sections.of([["loods", "opslagruimte"]])) == pytest.approx(
        sought.best(Sections.of([["loods", "zandverstuiving"]]))
    )


def order(
    fields: Mapping[str, Fields],
    sections: Mapping[str, Sections] | None = None,
    weights: Weights | None = None,
    **known: bool,
) -> list[str]:
    """Equal candidates named a, b, … in the order that their fields and sections give them."""
    answer = Answer(
        total=len(fields),
        candidates=tuple(
            Candidate(key, 5.0, 1, "document", is_obsolete=known.get(key, False)) for key in fields
        ),
    )
    question = Question(parse("loods haven"), frozenset({"public"}))

    def sections_of(keys: Sequence[str]) -> Mapping[str, Sections]:
        return {key: sections[key] for key in keys} if sections else {}

    ordered = ranking.in_order(
        answer, question, fields, weights or Weights(), sections=sections_of, today=TODAY
    )
    return [candidate.key for candidate in ordered]


PLAIN = Fields(NOTHING, NOTHING, Text.of(["loods", "haven"]))


def test_the_better_section_comes_first() -> None:
    sections = {
        "a": Sections.of([["loods"], ["haven"]]),
        "b": Sections.of([["loods", "haven"], ["zand"]]),
    }
    both = {"a": PLAIN, "b": PLAIN}
    assert order(both, sections, Weights(together=0)) == ["b", "a"]
    assert order(both, sections, Weights(section=0)) == ["b", "a"]
    assert order(both, sections, Weights(section=0, together=0)) == ["a", "b"]


@pytest.mark.parametrize(
    ("better", "off"),
    [
        (replace(PLAIN, is_reviewed=True), Weights(reviewed=1)),
        (replace(PLAIN, date=TODAY), Weights(recent=0)),
    ],
)
def test_reviewed_and_recent_come_before_their_equals(better: Fields, off: Weights) -> None:
    old = replace(PLAIN, date=dt.date(2016, 1, 1)) if better.date else PLAIN
    assert order({"a": old, "b": better}) == ["b", "a"]
    assert order({"a": old, "b": better}, weights=off) == ["a", "b"]


def test_obsolete_sinks_below_what_has_half_of_what_was_asked() -> None:
    half = Fields(NOTHING, NOTHING, Text.of(["loods"]))
    assert order({"a": PLAIN, "b": half}, a=True) == ["b", "a"]


def text(more: str = "") -> Fields:
    return Fields(NOTHING, NOTHING, Text.of(words(f"loods haven {LONG} {more}")))


def test_near_duplicates_stand_together_behind_the_best_of_them() -> None:
    other = Fields(NOTHING, NOTHING, Text.of(["loods", "haven", "zand"]))
    fields = {"a": text(), "b": other, "c": text("nog twee")}
    assert order(fields) == ["a", "c", "b"]
    assert order(fields, weights=Weights(duplicate=1.1)) == ["a", "b", "c"]


def test_short_texts_and_texts_of_another_subject_are_no_duplicates() -> None:
    assert not folding.is_same(PLAIN, PLAIN, Weights())
    different = Fields(NOTHING, NOTHING, Text.of(words(LONG.replace("woord", "zand"))))
    assert not folding.is_same(text(), different, Weights())
    assert folding.is_same(text(), text("erbij"), Weights())
