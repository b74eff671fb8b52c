from types import SimpleNamespace
from typing import Any

import pytest

from kpo.design import audiences

CIRCLES = [f"circle:{number}" for number in range(50)]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """Every question put to the app that knows the words."""
    questions: list[set[str]] = []

    def labels(tokens: Any) -> dict[str, str]:
        questions.append(set(tokens))
        return {token: token.upper() for token in tokens}

    monkeypatch.setattr(audiences, "_labelers", [labels])
    return questions


def request_of_reader() -> Any:
    return SimpleNamespace(reader=SimpleNamespace(audiences=frozenset(CIRCLES)))


def test_fifty_markers_on_a_page_take_one_question(asked: list[set[str]]) -> None:
    request = request_of_reader()
    labels = [audiences.mark(token, request).label for token in CIRCLES]
    assert labels == [token.upper() for token in CIRCLES]
    assert len(asked) == 1


def test_a_token_the_reader_does_not_hold_is_named_as_well(asked: list[set[str]]) -> None:
    assert audiences.mark("circle:other", request_of_reader()).label == "CIRCLE:OTHER"


def test_a_fixed_token_never_asks_for_the_names_of_circles(asked: list[set[str]]) -> None:
    audiences.mark("public", request_of_reader())
    assert asked == [{"public"}]


def test_a_marker_can_be_made_without_a_request(asked: list[set[str]]) -> None:
    assert audiences.mark("circle:1").label == "CIRCLE:1"


def test_without_words_there_is_no_marker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audiences, "_labelers", [])
    with pytest.raises(RuntimeError, match="register_labels"):
        audiences.mark("public")
