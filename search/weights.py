"""The weights of the ranking, each with its reason; `KPO_SEARCH_WEIGHTS` overrides them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# These are numbers of hits, at least one.
NUMBERS = frozenset({"looked_at", "sections_of"})


@dataclass(frozen=True, slots=True)
class Weights:
    """Field weights are factors on BM25 (k1 1.2); a plateau, so a third more or less is no harm.

    Measured on help pages and on our own reports, see docs/decisions.
    """

    # Fields. Parts of words carry most; runs of characters forgive typing errors.
    body_parts: float = 1.0
    body_grams: float = 0.45
    body_pairs: float = 0.5
    title_parts: float = 0.15
    title_pairs: float = 0.4
    title_grams: float = 0.1
    heading_parts: float = 0.2
    heading_grams: float = 0.1
    # What others call a page when they link to it says what it is about.
    link_parts: float = 0.8
    # A word of many parts or runs counts as one word: a run counts this much / √(number of runs).
    gram_share: float = 3.0
    # A synonym of the managed list, or a compound spelled otherwise, beside the word itself.
    synonym: float = 0.8
    # Evidence: how sure a word found in a field makes us, and how much that counts beside BM25. At
    # 20 a long report with all words fell behind a short page that repeats one of them.
    evidence: float = 40.0
    evidence_title: float = 0.7
    evidence_headings: float = 0.5
    evidence_body: float = 0.5
    evidence_links: float = 0.7
    # The best section: words that stand together say more than words strewn over a document.
    section: float = 2.5
    # Neighbors in the question that stand side by side, or in one compound, are what was asked for:
    # long reports have most words somewhere.
    together: float = 20.0
    # A theme page that is about all that was asked comes before what mentions it often.
    theme: float = 1.25
    # What passed the editorial board, and what is recent, comes before its equals. What a date adds
    # is halved with every so many years.
    reviewed: float = 1.05
    recent: float = 0.05
    recent_years: float = 2.0
    # Texts that share this part of their words are one hit.
    duplicate: float = 0.9
    # What is obsolete sinks, but stays findable.
    obsolete: float = 0.3
    # How many of the engine's best are looked at word by word.
    looked_at: int = 50
    # How many of those have their sections compared.
    sections_of: int = 20


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights of this site. Raises ImproperlyConfigured for one that does not exist."""
    given: dict[str, float] = settings.KPO_SEARCH_WEIGHTS
    known = {field.name for field in fields(Weights)}
    if unknown := sorted(given.keys() - known):
        names = ", ".join(unknown)
        raise ImproperlyConfigured(f"KPO_SEARCH_WEIGHTS names no weight of search: {names}.")
    factors: dict[str, Any] = dict(given)
    for name in NUMBERS & factors.keys():
        factors[name] = max(int(factors[name]), 1)
    return replace(Weights(), **factors)
