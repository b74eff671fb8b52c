"""Every index has two halves: what everyone with an account may read, and all else.

So that the order in which an outsider sees things cannot depend on closed text.
"""

from __future__ import annotations

from kpo.people import tokens

OPEN = "open"
CLOSED = "closed"
HALVES = (OPEN, CLOSED)
OPEN_AUDIENCES = frozenset({tokens.PUBLIC, tokens.ACCOUNTS})


def half_of(audience: str) -> str:
    return OPEN if audience in OPEN_AUDIENCES else CLOSED
