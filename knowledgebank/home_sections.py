"""What the home page shows a reader beside the search box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from knowledgebank.models.knowledge import KnowledgePage
from knowledgebank.models.plain import NewsPage
from knowledgebank.models.themes import ThemePage
from kpo.inbox.models import FirstVisit, Follow
from kpo.pages.panels import panels_for
from kpo.people.reader import Reader

if TYPE_CHECKING:
    from knowledgebank.querysets import KnowledgePageQuerySet

NEW_ITEMS = 6


def home_sections(reader: Reader) -> dict[str, Any]:
    """`themes`, `followed`, `new_items`, `news`, `panels` and `is_first_visit` for this reader."""
    themes = list(ThemePage.objects.visible_to(reader).current().order_by("title"))
    followed = _followed(reader, {theme.pk for theme in themes})
    return {
        "themes": themes,
        "followed": [theme for theme in themes if theme.pk in followed],
        "new_items": _new_items(KnowledgePage.objects.visible_to(reader).current(), followed),
        "news": list(NewsPage.objects.visible_to(reader).order_by("-dated_on", "-pk")[:3]),
        "panels": panels_for("home", reader),
        "is_first_visit": _is_first_visit(reader),
    }


def _is_first_visit(reader: Reader) -> bool:
    if reader.person is None:
        return False
    return not FirstVisit.objects.filter(person=reader.person).exists()


def _followed(reader: Reader, themes: set[int]) -> set[int]:
    if reader.person is None:
        return set()
    return set(Follow.objects.of(reader.person).page_ids()) & themes


def _new_items(pages: KnowledgePageQuerySet, followed: set[int]) -> list[Any]:
    """Newest first: of the followed themes, or of all where the reader follows none."""
    if followed:
        pages = pages.filter(themes__in=followed).distinct()
    newest = pages.prefetch_related("themes").newest_first()[:NEW_ITEMS]
    return list(newest.specific())
