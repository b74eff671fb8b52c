"""Where something can be held, and who decides there; each app registers its own places."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kpo.people.reader import Reader

_places: dict[str, "Place"] = {}


@dataclass(frozen=True)
class Place:
    """
    A sort of thing that can be held, registered from an app's `casedata_places.py`.

    `label` names it in Dutch ("bestand"); `can_decide` says whether a reader manages it;
    `release(obj)` lets it through and `remove(actor, obj)` takes it away, both inside the
    transaction of the decision; `texts(obj)` gives what was searched, with a label for each.
    """

    key: str
    label: str
    can_decide: Callable[[Reader, Any], bool]
    release: Callable[[Any], None]
    remove: Callable[[Any, Any], None]
    texts: Callable[[Any], Iterable[tuple[str, str]]]


def register_place(place: Place) -> None:
    _places[place.key] = place


def place_of(key: str) -> Place:
    """Raises KeyError for a place that nobody registered."""
    return _places[key]
