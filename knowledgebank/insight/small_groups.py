"""Counts of people, of which no group is so small that somebody in it could be recognized."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.insight import FEWEST


@dataclass(frozen=True)
class Group:
    """People of one name, with the parts of it that may be told."""

    name: str
    count: int
    parts: list[Group] = field(default_factory=list)


def told(counts: Mapping[str, int]) -> tuple[list[Group], int]:
    """The groups that are large enough, the largest first, and how many people are in the rest.

    The rest is none, or large enough as well: else it follows from the whole and what is shown.
    So the smallest group that is shown goes with it where the rest alone would tell.
    """
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [Group(name, count) for name, count in ordered if count >= FEWEST]
    rest = sum(count for _, count in ordered if count < FEWEST)
    while 0 < rest < FEWEST and shown:
        rest += shown.pop().count
    return shown, rest


def told_by_region(counts: Mapping[tuple[str, str], int]) -> tuple[list[Group], int]:
    """(region, organisation) → people, as regions with their organisations, and the rest.

    A region's organisations are told under the same rule against the region's own number.
    """
    regions: dict[str, dict[str, int]] = {}
    for (region, organisation), count in counts.items():
        regions.setdefault(region, {})[organisation] = count
    shown, rest = told({region: sum(own.values()) for region, own in regions.items()})
    found = [Group(one.name, one.count, told(regions[one.name])[0]) for one in shown]
    return found, rest if rest >= FEWEST else 0
