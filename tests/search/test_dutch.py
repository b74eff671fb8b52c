import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import dutch, fields
from search.compounds import Splitter
from search.dutch import analyze, name_of, normalize, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("onder-\nmijning", ["ondermijning"]),
        ("onder\u00admijning", ["ondermijning"]),
        ("onder\ufffe\nmijning", ["ondermijning"]),
        ("woon-\nen werkgebied", ["woon", "werkgebied"]),
        ("RIEC-\nregio", ["riec", "regio"]),
        ("foto’s en auto's", ["foto", "auto"]),
        ("'s-Hertogenbosch", ["hertogenbosch"]),
        ("coördinatie, reünie", ["coordinatie", "reunie"]),
        ("ﬁnanciën", ["financien"]),
        ("coö-\nrdinatie", ["coordinatie"]),
        ("onder\u200bmijning", ["ondermijning"]),
        ("zzp'ers en een zzp’er", ["zzp", "zzp"]),
        ("B.I.B.O.B.", ["bibob"]),
        ("Het OM en het O.M. eisen dit om geld", ["o.m.", "o.m.", "eisen", "geld"]),
        ("Er is o.m. geld", ["geld"]),
        ("1.234,56 euro of 1000", ["1234,56", "euro", "1000"]),
        ("de het een", []),
    ],
)
def test_words_are_mended_and_folded(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("huis", "huisje"),
        ("huizen", "huis"),
        ("gemeente", "gemeenten"),
        ("boete", "boetes"),
        ("haven", "havens"),
        ("wagen", "wagens"),
        ("mens", "mensen"),
        ("grens", "grenzen"),
        ("boom", "boompje"),
        ("woning", "woninkje"),
        ("weg", "weggetjes"),
        ("pand", "pandjes"),
        ("tuin", "tuintje"),
        ("foto", "fotootje"),
        ("cafe", "cafeetjes"),
        ("boot", "bootje"),
        ("blad", "blaadjes"),
        ("lid", "leden"),
        ("stad", "steden"),
        ("kind", "kinderen"),
        ("idee", "ideeen"),
        ("categorie", "categorieen"),
        ("crimineel", "criminele"),
        ("sociaal", "sociale"),
        ("dubbel", "dubbele"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert analyze(one).stem == analyze(other).stem


@pytest.mark.parametrize(
    "word",
    [
        *(
            "wgs",
            "omg",
            "lft",
            "buit",
            "bibob",
            "riec",
            "liec",
            "wob",
            "woo",
            "brp",
            "fiod",
            "cjib",
        ),
        *("wwft", "nctv", "amlc", "icov", "kmar", "13b", "2023"),
    ],
)
def test_abbreviations_and_numbers_are_kept(word: str) -> None:
    assert analyze(word).stem == word


def test_a_compound_has_its_parts() -> None:
    assert analyze("vakantieparken").parts == ("vakantie", "park")
    assert analyze("vakantiepark-eigenaar").parts[:2] == ("vakantie", "park")


def test_a_word_more_usual_than_its_parts_stays_whole() -> None:
    splitter = Splitter({"water": 1e-4, "schap": 1e-6, "waterschap": 1e-4})
    assert splitter.split("waterschap") == ("waterschap",)


def test_letters_that_tie_are_left_out() -> None:
    splitter = Splitter({"veiligheid": 1e-4, "huis": 1e-4})
    assert splitter.split("veiligheidshuis") == ("veiligheid", "huis")


def test_own_words_serve_as_parts_once_learned() -> None:
    dutch.learn(frozenset())
    assert analyze("zwerkbalpark").parts == (analyze("zwerkbalpark").stem,)
    dutch.learn(frozenset({"zwerkbal"}))
    assert len(analyze("zwerkbalpark").parts) == 2
    dutch.learn(frozenset())


def test_titles_compare_by_stems() -> None:
    assert name_of("De vakantieparken") == name_of("Vakantiepark")
    assert name_of("Vakantie park") == name_of("Vakantiepark")
    assert name_of("De het") != ""


def test_pairs_cross_the_seam_of_a_compound() -> None:
    assert fields.pairs(["vakantiepark"]) == fields.pairs(["vakantie", "park"])


@given(st.lists(st.sampled_from(["vakantiepark", "park", "haven", "lab", "vakantiepark-haven"])))
def test_tokens_are_counted_as_they_are_made(body: list[str]) -> None:
    made = [len(text.split()) for text in (fields.parts(body), fields.grams(body))]
    assert fields.lengths_of(body) == fields.Lengths(*made)


@given(st.text(max_size=300))
def test_tokens_stand_where_they_say(text: str) -> None:
    for word, start, end in tokens(text):
        assert 0 <= start < end <= len(text)
        assert normalize(text[start:end]) == word


@given(st.text(max_size=300))
def test_words_are_safe_for_every_engine(text: str) -> None:
    for word in words(text):
        assert 0 < len(word) <= dutch.LONGEST_WORD
        assert not set(word) & set(" \t\n\0'\"")
        assert analyze(word).grams
        assert all(part and " " not in part for part in analyze(word).forms)


@given(st.text(max_size=60))
def test_analysis_is_the_same_twice(text: str) -> None:
    assert words(text) == words(text)
    assert words(" ".join(words(text))) == [w for w in words(text) if w not in dutch.STOP_WORDS]
