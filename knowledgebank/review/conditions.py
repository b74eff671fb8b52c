"""What must hold of a text beside the votes, as whoever asks for it registers it.

The gate, the count of votes and the door of the board ask the same; so nothing is published past
a condition, and a text that meets none of them does not come before the board.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.dispatch import Signal

# From a page with the text that is to be shown: why it may not be, as a sentence; empty if it may.
Condition = Callable[[Any], str]
_conditions: list[Condition] = []

# Sent in the transaction in which the board takes a part out of a page that stands, with `page`,
# `actor`, and the fingerprints `before` and `after`: what held of all may hold of what is left.
shortened = Signal()


def register(condition: Condition) -> None:
    if condition not in _conditions:
        _conditions.append(condition)


def unmet(page: Any) -> list[str]:
    """The sentences of the conditions that this text does not meet."""
    return [sentence for sentence in (condition(page) for condition in _conditions) if sentence]


def check(page: Any) -> None:
    """Raise ValidationError with the first sentence there is."""
    for sentence in unmet(page):
        raise ValidationError(sentence, code="condition")
