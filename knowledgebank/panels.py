"""What the knowledge bank offers to the ground floor: themes to be interested in."""

from __future__ import annotations

from collections.abc import Iterable

from knowledgebank.models import ThemePage
from kpo.people.profile import register_interests
from kpo.people.reader import Reader


def themes_to_choose(reader: Reader) -> Iterable[tuple[str, str]]:
    """(slug, title) of the themes this reader may read."""
    themes = ThemePage.objects.visible_to(reader).current().order_by("title")
    return list(themes.values_list("slug", "title"))


register_interests(themes_to_choose)
