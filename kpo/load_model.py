"""The load model: an imaginary platform of a known size, which is the same for the same seed.

Each app adds its part in `<app>/load_parts.py`; `manage.py load_model` makes them in order.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from wordfreq import top_n_list

# A platform that all professionals of the country use; L is this, the others a share of it.
ACCOUNTS = 30_000
ORGANISATIONS = 400
PAGES = 3_000
PASSAGES = 200_000
REVISIONS = 12
# Of everyone, how many come by on a working day; each of them has so many lines in the inbox.
ACTIVE = 0.08
LINES = 30
SHARES = {"S": 0.01, "M": 0.1, "L": 1.0}

WORDS_KNOWN = 20_000
SHORTEST = 4
WORDS_PER_PASSAGE = 110
# By how common they are: where the words of common, medium and rare questions begin and end.
RANKS = {"common": (50, 250), "medium": (1_000, 4_000), "rare": (12_000, WORDS_KNOWN)}


@dataclass(frozen=True, slots=True)
class Load:
    """How large, and the dice that everything is thrown with."""

    scale: str
    dice: random.Random

    @classmethod
    def of(cls, scale: str, seed: int) -> Load:
        return cls(scale, random.Random(seed))  # noqa: S311  no secret: the same every time

    def share(self, whole: int) -> int:
        """As much of a figure of the whole platform as this scale has; never nothing."""
        return max(1, round(whole * SHARES[self.scale]))

    def words(self, count: int) -> list[str]:
        """Dutch words, as often as Zipf would have them."""
        known, weights = vocabulary()
        return self.dice.choices(known, cum_weights=weights, k=count)

    def title(self) -> str:
        return " ".join(self.words(self.dice.randint(2, 6))).capitalize()

    def text(self, words: int = WORDS_PER_PASSAGE) -> str:
        """Sentences of about twelve words each."""
        return " ".join(
            " ".join(self.words(min(12, words - at))).capitalize() + "."
            for at in range(0, words, 12)
        )

    def question(self, rank: str) -> str:
        """Two words that are as common as RANKS says."""
        known, _ = vocabulary()
        return " ".join(self.dice.sample(known[slice(*RANKS[rank])], k=2))


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """The words of the language, the most common first, and their weights added up."""
    listed = top_n_list("nl", WORDS_KNOWN * 2)
    known = [word for word in listed if len(word) >= SHORTEST and word.isalpha()][:WORDS_KNOWN]
    return known, list(accumulate(1 / (rank + 10) for rank in range(len(known))))


# Makes its part; yields a line on what was made, each time there is something to tell.
Part = Callable[[Load], Iterator[str]]
_parts: list[Part] = []


def register(part: Part) -> None:
    """Add a part, which may build on those of the floors below."""
    if part not in _parts:
        _parts.append(part)


def make(load: Load) -> Iterator[str]:
    """Make every part; gives the lines that tell of it."""
    for part in _parts:
        yield from part(load)
