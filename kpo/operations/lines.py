"""The lines of the operations page: an app registers what of it an operator has to watch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. `advice` says what to do and is empty while there is nothing to do.

    A line names no title, file or person: it is read by who need not be a member of anything.
    """

    label: str
    value: str
    advice: str = ""
    url: str = ""

    @property
    def is_well(self) -> bool:
        return not self.advice


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    lines: tuple[Line, ...]


Maker = Callable[[], Iterable[Line]]


@dataclass
class _Registered:
    makers: dict[str, tuple[int, Maker]] = field(default_factory=dict)


_registered = _Registered()


def register(heading: str, maker: Maker, *, order: int = 100) -> None:
    """Add a section; its lines are made when somebody looks, in a fixed number of queries."""
    _registered.makers[heading] = (order, maker)


def sections() -> list[Section]:
    in_order = sorted(_registered.makers.items(), key=lambda entry: (entry[1][0], entry[0]))
    return [Section(heading, tuple(maker())) for heading, (_, maker) in in_order]
