"""What a mail can be unsubscribed from, by a link that works for who is not signed in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from kpo.people.addresses import link
from kpo.people.sealing import SealBrokenError, seal, unseal

PURPOSE = "unsubscribe"
# The mails of a day, a week or a month, which are one subscription.
DIGEST = "digest"


@dataclass(frozen=True)
class Subscription:
    """One person's mails of one kind at once, or all digests; `space` as in a preference."""

    person: str
    what: str
    space: str = ""


def address_of(subscription: Subscription) -> str:
    """The address that ends this subscription and no other; says nothing to who reads it."""
    return link("inbox:unsubscribe", token=seal(PURPOSE, json.dumps(asdict(subscription))))


def read(token: str) -> Subscription | None:
    """The subscription that an address names; None if we did not make it."""
    try:
        return Subscription(**json.loads(unseal(PURPOSE, token)))
    except SealBrokenError:
        return None
