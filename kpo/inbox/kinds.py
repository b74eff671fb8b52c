"""The kinds of news there are: each app registers its own in `<app>/notices.py`.

A kind says who is to hear of an event and how it reads. What is kept of an event are codes; the
words are made when somebody looks, from what that reader may see then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from kpo.inbox.channels import Channel

if TYPE_CHECKING:
    from kpo.inbox.models import Notification
    from kpo.people.models import User
    from kpo.people.reader import Reader

# From an item and the facts of an event: who is to hear of it, rights aside.
Receivers = Callable[[Any, Mapping[str, Any]], "QuerySet[User]"]
# From a reader and notifications that this reader may see: a sentence for each, by its key.
Sentences = Callable[["Reader", Sequence["Notification"]], Mapping[int, str]]


@dataclass(frozen=True)
class Kind:
    """One kind of news.

    `label` and `explanation` are what people choose by, `heading` stands above it in a digest,
    `glyph` is an icon. News of a task goes to the substitute of who is away as well.
    """

    name: str
    label: str
    explanation: str
    heading: str
    default: Channel
    receivers: Receivers
    sentences: Sentences
    glyph: str = "bell"
    is_task: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; raises ValueError where its name is taken."""
    if kind.name in _kinds:
        raise ValueError(f"There is a kind of news {kind.name!r} already.")
    _kinds[kind.name] = kind
    return kind


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name)


def all_kinds() -> tuple[Kind, ...]:
    return tuple(_kinds.values())
