from hypothesis import given
from hypothesis import strategies as st

from search.questions import MOST_WORDS, parse


def typed(text: str) -> list[str]:
    return [word.text for word in parse(text).words]


def test_words_are_words() -> None:
    assert typed("de Kring Buitengebied") == ["kring", "buitengebied"]


def test_quotes_ask_for_a_phrase() -> None:
    assert parse('"witte boorden"').phrases == ((("witte", "boorden"),),)
    assert parse("„witte boorden”").phrases == ((("witte", "boorden"),),)


def test_a_minus_asks_for_absence() -> None:
    wanted = parse('havens -drugs -"witte boorden"')
    assert wanted.unwanted == (("drugs",), ("witte", "boorden"))
    assert typed("havens -drugs") == ["havens"]


def test_a_minus_inside_a_word_is_a_hyphen() -> None:
    assert parse("vakantie-park").unwanted == ()


def test_or_ties_what_stands_on_both_sides() -> None:
    assert parse('zon OR "rode draad"').phrases == ((("zon",), ("rode", "draad")),)
    assert parse('"a1 b2" "c3 d4"').phrases == ((("a1", "b2"),), (("c3", "d4"),))


def test_words_tied_by_hyphens_are_asked_for_one_by_one() -> None:
    assert typed("vakantiepark-eigenaar e-mail") == ["vakantiepark", "eigenaar", "e-mail"]


def test_only_stop_words_are_words_after_all() -> None:
    assert typed("wat is het") == ["wat", "is", "het"]


def test_nothing_is_nothing() -> None:
    assert parse(" \0 () ").is_empty


@given(st.text(max_size=400))
def test_no_text_is_too_strange(text: str) -> None:
    wanted = parse(text)
    assert len(wanted.words) <= MOST_WORDS
    assert all(alternative for group in wanted.phrases for alternative in group)
    assert all(wanted.unwanted)


@given(st.lists(st.sampled_from(['"', "-", "OR", "(", "kring", " ", "\\", ":", "*", "~2"])))
def test_no_syntax_is_too_strange(pieces: list[str]) -> None:
    parse("".join(pieces))
    parse(" ".join(pieces))
