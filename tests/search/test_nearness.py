"""Words asked side by side count by how near each other they stand in a hit."""

import pytest

from search.dutch import analyze, words
from search.expansion import Alternatives
from search.nearness import AFTER, BEFORE, Nearness, nearest
from search.sections import GAP, Sections


def share(
    asked: str, *sections: str, others: Alternatives | None = None, missing: str = ""
) -> float:
    near = Nearness(map(analyze, words(asked)), {}, others or {}, frozenset(missing.split()))
    return near.share(Sections.of(words(section) for section in sections))


def test_neighbors_count_by_how_near_they_stand_and_in_which_order() -> None:
    shares = [
        share("loods haven", text)
        for text in (
            "loods haven",
            "haven loods",
            "loods zand klei haven",
            "loods zand klei veen leem grind haven",
            f"loods {'zand ' * 15} haven",
        )
    ]
    assert shares == [1.0, BEFORE[1], AFTER[3], AFTER[6], 0.0]
    assert shares == sorted(shares, reverse=True)


def test_a_compound_is_its_parts_side_by_side_whichever_way_it_was_spelled() -> None:
    assert share("drugs afval", "veel drugsafval") == 1.0
    assert share("drugsafval", "drugs en afval") == 1.0
    assert share("drugsafval", "afval zonder iets") == 0.0


def test_words_of_two_sections_do_not_stand_together() -> None:
    assert max(len(AFTER), len(BEFORE)) < GAP
    assert share("loods haven", "een loods", "haven") == 0.0


def test_a_single_word_has_no_neighbors() -> None:
    assert share("loods", "loods") == share("", "loods") == 0.0


def test_synonyms_and_what_looks_like_a_word_that_occurs_nowhere_serve_as_well() -> None:
    loods = analyze("loods").stem
    one, more = (analyze("hal"),), (analyze("oude"), analyze("schuur"))
    assert share("loods haven", "hal haven") == 0.0
    assert share("loods haven", "hal haven", others={loods: (one,)}) == 1.0
    assert share("loods haven", "oude schuur haven", others={loods: (more,)}) == 1.0
    assert share("loods haven", "oude hoge schuur haven", others={loods: (more,)}) == 0.0
    wrong = analyze("kwikzlver").stem
    assert share("kwikzlver haven", "kwikzilver haven") == 0.0
    assert share("kwikzlver haven", "kwikzilver haven", missing=wrong) == 1.0


def test_the_pair_of_rare_words_weighs_more() -> None:
    asked = [analyze(word) for word in ("lood", "zink", "haven")]
    near = Nearness(asked, {"lood": 9.0, "zink": 9.0, "haven": 1.0}, {}, frozenset())
    assert near.share(Sections.of([["lood", "zink"]])) == pytest.approx(0.75)
    assert near.share(Sections.of([["zink", "haven"]])) == pytest.approx(0.25)


def test_the_nearest_of_many_places_counts_whichever_list_is_longer() -> None:
    many = [0, 40, 80, 120]
    assert nearest([81], many) == BEFORE[1]
    assert nearest(many, [81]) == AFTER[1]
    assert nearest([81], []) == nearest([], many) == nearest([60], many) == 0.0
