"""Articles and identifiers are found in every spelling that people use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import references
from search.dutch import analyze, normalize, tokens, words
from search.questions import parse

SPELLED = [
    ("13b", ["artikel 13b", "art. 13b", "art 13b", "Art.13b", "art. 13 b", "ARTIKEL 13B", "13b"]),
    ("420bis", ["artikel 420bis", "art. 420 bis", "420bis"]),
    ("3:40", ["artikel 3:40", "art. 3:40", "3:40"]),
    ("2.1", ["artikel 2.1", "art. 2.1"]),
    ("art16", ["artikel 16", "art. 16", "art 16", "art16"]),
    ("lid2", ["lid 2", "tweede lid", "2e lid", "Lid 2"]),
    (
        "ecli:nl:hr:2020:1234",
        [
            "ECLI:NL:HR:2020:1234",
            "ecli:nl:hr:2020:1234",
            "ecli nl hr 2020 1234",
            "ECLI: NL: HR: 2020: 1234",
            "ECLI-NL-HR-2020-1234",
            "ECLI_NL_HR_2020_1234",
            "ECLI%3ANL%3AHR%3A2020%3A1234",
            "NL:HR:2020:1234",
        ],
    ),
    ("ecli:eu:c:2014:317", ["ECLI:EU:C:2014:317", "ecli eu c 2014 317"]),
    ("bv1234", ["LJN BV1234", "LJN: BV1234", "ljn-nummer BV 1234", "BV1234"]),
    ("bwbr0001941", ["BWBR0001941", "bwbr0001941", "BWBR 0001941", "BWB-R0001941"]),
    ("cvdr123456", ["CVDR123456", "cvdr 123456"]),
]
EVERY = [(word, spelling) for word, spellings in SPELLED for spelling in spellings]
LISTS = st.lists(st.sampled_from([spelling for _, spelling in EVERY]), min_size=1, max_size=4)


@pytest.mark.parametrize(("word", "spelling"), EVERY)
def test_every_spelling_is_one_word(word: str, spelling: str) -> None:
    assert words(f"Zie {spelling}.")[-1:] == [word]
    assert [found.text for found in parse(spelling).words] == [word]
    assert analyze(word).stem == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("artikel 13b Opiumwet", ["13b", "opiumwet"]),
        ("13b, eerste lid, van de Opiumwet", ["13b", "lid1", "opiumwet"]),
        ("artikelen 13b en 16", ["13b", "art16"]),
        ("de artikelen 2, 3 en 11a van de Opiumwet", ["art2", "art3", "11a", "opiumwet"]),
        ("art. 140 Sr en art. 420bis Sr", ["art140", "sr", "420bis", "sr"]),
        ("16 Wgs", ["art16", "wgs"]),
        ("6:162 BW", ["6:162", "bw"]),
        ("artikel\n13b", ["13b"]),
    ],
)
def test_references_stand_in_sentences(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text", ["in 2023 Opiumwet", "16 gemeenten", "part. 5", "van 10:20:45", "de artikelen", "lid"]
)
def test_other_numbers_are_no_references(text: str) -> None:
    assert not list(references.found(text))


def test_an_article_is_also_known_by_its_number() -> None:
    assert analyze("art16").parts == ("16",)
    assert analyze("lid2").parts == ("lid", "2")


def test_an_old_number_finds_the_new_identifier() -> None:
    assert analyze("ecli:nl:rbams:2012:bv1234").parts == ("bv1234",)


@given(LISTS, st.text(max_size=20))
def test_a_reference_stands_where_it_says(spellings: list[str], other: str) -> None:
    text = f" {other} ".join(spellings)
    last = 0
    for word, start, end in tokens(text):
        assert last <= start < end <= len(text)
        assert word
        last = end


@given(LISTS)
def test_a_question_reads_references_as_a_text_does(spellings: list[str]) -> None:
    text = " ; ".join(spellings)
    assert [word.text for word in parse(text).words] == list(dict.fromkeys(words(text)))


@pytest.mark.parametrize("word", [word for word, _ in SPELLED])
def test_a_normal_reference_is_normal(word: str) -> None:
    assert normalize(word) == word
