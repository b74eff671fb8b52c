"""What the knowledge bank offers to the ground floor: subjects, events, and a way to share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledgebank.agenda import panels as agenda
from knowledgebank.models import ThemePage
from kpo.pages import panels
from kpo.people.profile import register_interests
from kpo.people.reader import Reader


def themes_to_choose(reader: Reader) -> Iterable[tuple[str, str]]:
    """(slug, title) of the themes this reader may read."""
    themes = ThemePage.objects.visible_to(reader).current().order_by("title")
    return list(themes.values_list("slug", "title"))


register_interests(themes_to_choose)
panels.register("home", agenda.on_home, order=20)
panels.register("theme", agenda.on_theme, order=80)


def share_your_way(reader: Reader, about: Any) -> panels.Panel | None:
    """For who is signed in: offer an example of one's own."""
    if reader.person is None:
        return None
    return panels.Panel("Deel jouw aanpak", "knowledgebank/offering/invitation.html")


panels.register("home", share_your_way, order=200)
