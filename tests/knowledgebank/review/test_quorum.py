"""The rule of four eyes, against a second telling of it over all small casts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledgebank.review.quorum import Needs, Person, missing

persons = st.builds(
    Person,
    key=st.integers(1, 6),
    organisation=st.integers(1, 3),
    sector=st.sampled_from(["police", "tax"]),
    is_board=st.booleans(),
    is_ambassador=st.booleans(),
)
needs = st.builds(
    Needs, quorum=st.integers(1, 3), sectors=st.integers(1, 2), ambassador=st.booleans()
)


@given(needs, st.lists(persons, max_size=3), st.lists(persons, max_size=5))
def test_nothing_is_missing_exactly_when_the_rule_is_met(
    needs: Needs, authors: list[Person], approving: list[Person]
) -> None:
    keys = {one.key for one in authors}
    others = [one for one in approving if one.key not in keys]
    is_met = (
        len({one.key for one in others if one.is_board}) >= needs.quorum
        and len({one.sector for one in others}) >= needs.sectors
        and (not needs.ambassador or any(one.is_ambassador for one in others))
        and bool({one.organisation for one in others} - {one.organisation for one in authors})
    )
    assert (missing(needs, authors, approving) == []) == is_met


@given(needs, st.lists(persons, max_size=3), st.lists(persons, max_size=5), persons)
def test_one_more_author_never_helps(
    needs: Needs, authors: list[Person], approving: list[Person], another: Person
) -> None:
    if missing(needs, authors, approving):
        assert missing(needs, [*authors, another], approving)


@given(needs, st.lists(persons, min_size=1, max_size=3))
def test_authors_never_approve_their_own_text(needs: Needs, authors: list[Person]) -> None:
    assert missing(needs, authors, authors)


def test_what_is_missing_is_said_in_words() -> None:
    author = Person(1, 1)
    colleague = Person(2, 1, "police", is_board=True)
    assert missing(Needs(2, 2, ambassador=True), [author], [colleague]) == [
        "Nog 1 lid van de redactieraad moet het goed vinden.",
        "Wie het goed vinden, komen uit 1 van de 2 sectoren die nodig zijn.",
        "Een ambassadeur van het thema moet het nog goed vinden.",
        "Iemand van een andere organisatie dan de schrijvers moet het nog goed vinden.",
    ]
