import pytest

from search.dutch import analyze, words
from search.evidence import (
    ALL_PARTS,
    LAST_PART,
    LETTER_WRONG,
    ONE_PART,
    SAME,
    Fields,
    Text,
    evidence,
    is_letter_wrong,
    slip,
)
from search.highlighting import Asked, mark
from search.sections import Vocabulary
from search.weights import Weights

NOTHING = Text.of([])


@pytest.mark.parametrize(
    ("asked", "text", "credit"),
    [
        ("parken", "park", SAME),
        ("park", "vakantieparken", ALL_PARTS),
        ("vakantiepark", "park vakantie", ALL_PARTS),
        ("vakantiepark", "park", LAST_PART),
        ("vakantiepark", "vakantie", ONE_PART),
        ("havens", "vakantie", 0.0),
    ],
)
def test_credit_is_as_exact_as_the_find(asked: str, text: str, credit: float) -> None:
    assert Text.of(words(text)).credit(analyze(asked)) == credit


def test_what_looks_like_it_counts_only_for_words_that_occur_nowhere() -> None:
    text = Text.of(["kwikzilver"])
    assert text.credit(analyze("kwikzlver")) == 0
    assert 0 < text.credit(analyze("kwikzlver"), is_astray=True) < ALL_PARTS


@pytest.mark.parametrize(
    ("typed", "is_near"),
    [
        ("loodwt", True),
        ("loodwiit", True),
        ("loodwat", True),
        ("loodwti", True),
        ("oloodwit", True),
        ("loodwi", True),
        ("loodwit", False),
        ("loodtiw", False),
        ("ldowit", False),
        ("lodowti", False),
        ("loodwitte", False),
        ("", False),
    ],
)
def test_one_letter_is_left_out_put_in_replaced_or_swapped(typed: str, is_near: bool) -> None:
    assert is_letter_wrong(typed, "loodwit") == is_letter_wrong("loodwit", typed) == is_near


def test_a_letter_wrong_says_more_than_runs_do_but_not_in_a_short_word() -> None:
    assert slip(analyze("nachtregsiter"), analyze("nachtregister")) == LETTER_WRONG
    assert slip(analyze("havne"), analyze("haven")) == LETTER_WRONG
    assert slip(analyze("zakt"), analyze("zaak")) < LETTER_WRONG


def test_a_word_that_occurs_nowhere_is_compared_with_the_few_that_resemble_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[str] = []

    def counted(one: str, other: str) -> float:
        compared.append(other)
        return LETTER_WRONG

    monkeypatch.setattr("search.evidence._slip", counted)
    others = [f"zand{letter}weg" for letter in "abcdefghijklmnopqrstuvwxyz"]
    text = Text.of(["nachtregister", "haven", *others])
    assert text.credit(analyze("nachtregsiter"), is_astray=True) > ALL_PARTS / 2
    assert text.credit(analyze("hazen"), is_astray=True) > ALL_PARTS / 2
    assert compared == ["nachtregister", "haven"]


@pytest.mark.parametrize("typed", ["hven", "haaven", "hazen", "haevn", "ahven", "have"])
def test_a_short_word_resembles_what_is_a_letter_away(typed: str) -> None:
    assert "haven" in Text.of(["haven"]).vocabulary.resembling(analyze(typed))


def test_what_a_word_resembles_grows_with_the_words_known() -> None:
    vocabulary, asked = Vocabulary(), analyze("loodwti")
    vocabulary.learn(["loodwit"])
    assert vocabulary.resembling(asked) == {"loodwit"}
    vocabulary.learn(["loodwitte"])
    assert vocabulary.resembling(asked) == {"loodwit", "loodwitte"}


def test_evidence_is_one_when_all_stands_everywhere_and_zero_when_nothing_does() -> None:
    everywhere = Fields(*(Text.of(["lood", "tin"]) for _ in range(3)))
    asked = [analyze("lood"), analyze("tin")]
    assert evidence(asked, everywhere, {}, frozenset(), Weights()) == pytest.approx(1)
    nowhere = Fields(*(Text.of(["zilver"]) for _ in range(3)))
    assert evidence(asked, nowhere, {}, frozenset(), Weights()) == 0


def test_rare_words_weigh_more() -> None:
    asked = [analyze("lood"), analyze("tin")]
    idf = {"lood": 9.0, "tin": 1.0}
    has_rare = Fields(NOTHING, NOTHING, Text.of(["lood"]))
    has_common = Fields(NOTHING, NOTHING, Text.of(["tin"]))
    scores = [evidence(asked, f, idf, frozenset(), Weights()) for f in (has_rare, has_common)]
    assert scores[0] > scores[1]


def marked(text: str, asked: str, **options: int | None) -> str:
    return str(mark(text, Asked(map(analyze, words(asked))), **options))


def test_every_form_of_a_word_is_marked() -> None:
    assert marked("Het park en de vakantieparken.", "park") == (
        "Het <mark>park</mark> en de <mark>vakantieparken</mark>."
    )


def test_dots_that_lead_to_a_page_number_are_not_shown() -> None:
    text = "Stap 2. Ken het park . . . . . . . . 3 Stap 3......... 12"
    assert marked(text, "park") == "Stap 2. Ken het <mark>park</mark> … 3 Stap 3 … 12"


def test_text_is_escaped_around_and_inside_marks() -> None:
    assert marked("<b>park</b> & 'zo'", "park") == (
        "&lt;b&gt;<mark>park</mark>&lt;/b&gt; &amp; &#x27;zo&#x27;"
    )


def test_a_long_text_is_cut_where_most_is_found() -> None:
    text = "haven " + "zand " * 200 + "haven loods haven " + "klei " * 200
    cut = marked(text, "haven loods")
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert cut.count("<mark>") == 3
    assert len(cut) < 400


def test_a_broken_word_is_shown_whole() -> None:
    assert marked("vakantie-\nparken", "vakantiepark") == "<mark>vakantieparken</mark>"


def test_the_passage_with_all_words_together_weighs_most() -> None:
    asked = Asked(map(analyze, ["kenniskring", "buitengebied"]))
    passages = [
        (["kenniskring", "buitengebied"], []),
        (["kenniskring", "over", "buitengebied"], []),
        (["kenniskring", "kenniskring", "kenniskring"], []),
    ]
    together, apart, one = asked.weigh(passages)
    assert together > apart > one


def test_a_word_on_few_pages_of_a_report_says_more_than_one_on_many() -> None:
    asked = Asked(map(analyze, ["vakantiepark", "kapsalon"]))
    common = [(["vakantiepark"], [])] * 20
    *_, often, seldom = asked.weigh([*common, (["vakantiepark"], []), (["kapsalon"], [])])
    assert seldom > often
    *_, seldom, often = asked.weigh(
        [(["kapsalon"], [])] * 20 + [(["vakantiepark"], []), (["kapsalon"], [])]
    )
    assert seldom > often


def test_a_word_that_is_rare_in_dutch_says_more_than_a_common_one() -> None:
    asked = Asked(map(analyze, ["jaar", "mestvergister"]))
    common, rare = asked.weigh([(["jaar"], []), (["mestvergister"], [])])
    assert rare > common
