"""Near-duplicates and versions of one text: found among the best hits, and shown as one hit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.engines.protocol import Candidate
from search.evidence import Fields
from search.weights import Weights

# Texts of fewer words may well be alike by chance.
FEWEST_WORDS = 20
# A sample may be this much less alike than the texts are.
MARGIN = 0.3


def together(
    ordered: Sequence[Candidate], fields: Mapping[str, Fields], weights: Weights
) -> list[Candidate]:
    """Hits with nearly the same words beside each other, where the best of them stood.

    Only as many as have their sections compared are looked at; the others keep their place.
    """
    groups: list[list[Candidate]] = []
    for candidate in ordered[: weights.sections_of]:
        mine = fields[candidate.key]
        group = next((g for g in groups if is_same(fields[g[0].key], mine, weights)), None)
        if group is None:
            groups.append([candidate])
        else:
            group.append(candidate)
    return [c for group in groups for c in group] + list(ordered[weights.sections_of :])


def folded(
    shown: Sequence[Candidate], fields: Mapping[str, Fields], weights: Weights
) -> list[list[Candidate]]:
    """The hits of one page with those that follow a near-duplicate of theirs folded into it.

    A page is cut first and folded then: every thing that is counted stands on exactly one page, as
    a hit or as what a hit is "also in". What has no `fields` here is no one's duplicate.
    """
    groups: list[list[Candidate]] = []
    for candidate in shown:
        leader = fields.get(groups[-1][0].key) if groups else None
        mine = fields.get(candidate.key)
        if leader and mine and is_same(leader, mine, weights):
            groups[-1].append(candidate)
        else:
            groups.append([candidate])
    return groups


def is_same(one: Fields, other: Fields, weights: Weights) -> bool:
    """Whether two texts share so many of their words that reading one of them is enough."""
    small, large = sorted((one.vocabulary, other.vocabulary), key=len)
    if len(small) < max(FEWEST_WORDS, weights.duplicate * len(large)):
        return False
    # Most pairs differ so much that a sixteenth of their words tells so, of texts that are long.
    samples = one.body.sample, other.body.sample
    is_telling = min(map(len, samples)) >= FEWEST_WORDS
    if is_telling and _share(*samples) < weights.duplicate - MARGIN:
        return False
    return _share(small, large) >= weights.duplicate


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Words that both have, as a part of all their words; 1 for two without any."""
    shared = len(one & other)
    every = len(one) + len(other) - shared
    return shared / every if every else 1.0
