"""Panels: what upper floors show on the pages of lower ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kpo.people.reader import Reader


@dataclass(frozen=True)
class Panel:
    """A heading with a template and the plain values it needs."""

    heading: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    anchor: str = ""


# A maker gets the reader and the object the page is about (None on the home page); None: no panel.
PanelMaker = Callable[[Reader, Any], Panel | None]
_makers: dict[str, list[tuple[int, PanelMaker]]] = defaultdict(list)


def register(place: str, maker: PanelMaker, *, order: int = 100) -> None:
    """Add a panel to `place`: "home", "theme" or "profile". Lower `order` comes first."""
    _makers[place].append((order, maker))
    _makers[place].sort(key=lambda entry: entry[0])


def panels_for(place: str, reader: Reader, about: Any = None) -> list[Panel]:
    """The panels of a place for this reader; empty ones are left out."""
    made = (maker(reader, about) for _, maker in _makers[place])
    return [panel for panel in made if panel is not None]
