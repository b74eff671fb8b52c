"""What may stand under what, and what a Reader holds: proven for all tokens, not for examples."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpo.people import tokens
from kpo.people.tokens import ACCOUNTS, NOBODY, PUBLIC, PUBLIC_SECTOR, may_stand_under

A_UUID = UUID("5b1ad2f6-6f6e-4a4a-9f0e-2f6f0e0c0a11")
SPACES = [f"{prefix}:{UUID(int=n)}" for prefix in ("circle", "community") for n in range(3)]
ANY_TOKEN = st.sampled_from([*tokens.FIXED, *SPACES])


@st.composite
def held(draw: st.DrawFn, public_only: frozenset[str]) -> frozenset[str]:
    """The tokens of some reader where `public_only` spaces admit public partners only."""
    if not draw(st.booleans()):
        return frozenset({PUBLIC})
    is_public = draw(st.booleans())
    spaces = draw(st.sets(st.sampled_from(SPACES)))
    found = {PUBLIC, ACCOUNTS} | {s for s in spaces if is_public or s not in public_only}
    return frozenset(found | ({PUBLIC_SECTOR} if is_public else set()))


@given(inner=ANY_TOKEN, outer=ANY_TOKEN, data=st.data())
def test_whoever_holds_the_inner_token_holds_the_outer(
    inner: str, outer: str, data: st.DataObject
) -> None:
    spaces = [space for space in SPACES if space.startswith("community")]
    public_only = data.draw(st.frozensets(st.sampled_from(spaces)))
    reader = data.draw(held(public_only))
    may = may_stand_under(inner, outer, public_sector_space=inner in public_only)
    # `nobody` and what is public may stand higher: nobody gains by that, see the next tests.
    if may and inner in reader:
        assert outer in reader


@given(a=ANY_TOKEN, b=ANY_TOKEN, c=ANY_TOKEN)
def test_the_rule_is_transitive(a: str, b: str, c: str) -> None:
    if may_stand_under(a, b) and may_stand_under(b, c):
        assert may_stand_under(a, c)


@given(token=ANY_TOKEN)
def test_every_token_may_stand_under_itself_and_under_public(token: str) -> None:
    assert may_stand_under(token, token)
    assert may_stand_under(token, PUBLIC)
    assert may_stand_under(NOBODY, token)


@given(token=ANY_TOKEN)
def test_public_stands_under_nothing_narrower(token: str) -> None:
    assert may_stand_under(PUBLIC, token) == (token == PUBLIC)


@given(space=st.sampled_from(SPACES), other=st.sampled_from(SPACES))
def test_one_space_never_stands_under_another(space: str, other: str) -> None:
    assert may_stand_under(space, other, public_sector_space=True) == (space == other)


@given(outer=ANY_TOKEN, text=st.text(max_size=60))
def test_what_is_no_token_stands_under_nothing(outer: str, text: str) -> None:
    if not tokens.is_token(text):
        assert not may_stand_under(text, outer)
        assert not may_stand_under(outer, text)


def test_public_sector_takes_only_spaces_that_are_marked() -> None:
    community = f"community:{A_UUID}"
    assert may_stand_under(community, PUBLIC_SECTOR, public_sector_space=True)
    assert not may_stand_under(community, PUBLIC_SECTOR)
    assert not may_stand_under(tokens.circle_token(A_UUID), PUBLIC_SECTOR, public_sector_space=True)
    assert not may_stand_under(ACCOUNTS, PUBLIC_SECTOR, public_sector_space=True)


@pytest.mark.parametrize(
    "text", ["", " public", "Public", "circle:", "circle:1", f"circle:{str(A_UUID).upper()}", ":"]
)
def test_near_misses_are_no_tokens(text: str) -> None:
    assert not tokens.is_token(text)


def test_fixed_tokens_are_called_in_dutch() -> None:
    assert tokens.labels([PUBLIC, ACCOUNTS, PUBLIC_SECTOR, NOBODY]) == {
        PUBLIC: "Openbaar",
        ACCOUNTS: "Met account",
        PUBLIC_SECTOR: "Publieke partners",
        NOBODY: "Nog voor niemand",
    }
