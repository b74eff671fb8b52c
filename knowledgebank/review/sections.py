"""The parts of the board's corner of the site, for the row of links above each of its screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from knowledgebank.insight.permissions import can_see_figures
from knowledgebank.querysets import BOARD
from knowledgebank.upkeep.people import can_mark_law
from kpo.people.reader import Reader


@dataclass(frozen=True, slots=True)
class Section:
    """`route` is the name of the first screen; `routes` begin the names of the others."""

    route: str
    label: str
    is_for: Callable[[Reader], bool]
    routes: tuple[str, ...] = ()

    def holds(self, route: str) -> bool:
        return route == self.route or route.startswith(self.routes)


def who_judges(reader: Reader) -> bool:
    return reader.judges


def the_board(reader: Reader) -> bool:
    return reader.has_role(*BOARD)


SECTIONS: tuple[Section, ...] = (
    Section("work_list", "Werklijst", who_judges, ("review_",)),
    Section("theme_list", "Thema's", who_judges, ("theme_",)),
    Section("due", "Na te kijken", who_judges),
    Section("concerns", "Meldingen", who_judges, ("concern",)),
    Section("laws", "Wetten", can_mark_law),
    Section("board_agenda", "Vergadering", the_board, ("board_agenda",)),
    Section("ambassadors", "Ambassadeurs", who_judges, ("ambassador",)),
    Section("insight", "Inzicht", can_see_figures, ("insight",)),
    Section("method", "Methode", who_judges, ("method",)),
    Section("offered", "Aangeboden", who_judges, ("offered_",)),
)


def sections_for(reader: Reader) -> list[Section]:
    return [section for section in SECTIONS if section.is_for(reader)]
