"""No group of people is told that is so small that somebody in it could be recognized."""

from __future__ import annotations

import random

from knowledgebank.insight.small_groups import FEWEST, told, told_by_region

ROUNDS = 400


def test_no_small_group_follows_from_what_is_told() -> None:
    dice = random.Random(20261123)
    for _ in range(ROUNDS):
        counts = {name: dice.randint(1, 12) for name in "abcdef"[: dice.randint(0, 6)]}
        shown, rest = told(counts)
        assert all(group.count == counts[group.name] >= FEWEST for group in shown)
        assert sum(counts.values()) - sum(group.count for group in shown) == rest
        # A rest of a few is left only where nothing is shown at all, and then it is not told.
        assert rest == 0 or rest >= FEWEST or not shown, counts


def test_a_region_tells_nothing_of_the_small_among_its_organisations() -> None:
    dice = random.Random(20261124)
    for _ in range(ROUNDS):
        places = [(region, house) for region in "NOZ" for house in "abc"]
        counts = {place: dice.randint(1, 9) for place in dice.sample(places, dice.randint(0, 9))}
        regions, rest = told_by_region(counts)
        assert rest == 0 or rest >= FEWEST
        for region in regions:
            left = region.count - sum(part.count for part in region.parts)
            assert left == 0 or left >= FEWEST or not region.parts, counts
            assert all(part.count >= FEWEST for part in region.parts)


def test_the_smallest_that_is_shown_goes_with_a_rest_that_would_tell() -> None:
    shown, rest = told({"a": 20, "b": 6, "c": 2})
    assert [group.name for group in shown] == ["a"]
    assert rest == 8
