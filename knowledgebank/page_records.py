"""What the records of all pages share: who finds them, where they are, and what changes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.signals import page_published, page_unpublished, post_page_move

from knowledgebank.models import ThemePage
from knowledgebank.page_links import links_on
from kpo.pages.models import ReadablePage
from kpo.pages.signals import address_changed, audience_changed
from kpo.people import tokens
from search.linked import OPEN
from search.links import texts_to
from search.records import Passage, SearchRecord
from search.sources import Dependency


def page_record(
    page: ReadablePage, type_: str, passages: Iterable[Passage], **fields: Any
) -> SearchRecord | None:
    """None, so not to be found, for a draft and for a page that is for nobody."""
    if not page.live or page.audience == tokens.NOBODY:
        return None
    return SearchRecord(
        key=f"{type_}:{page.uuid}",
        type=type_,
        title=page.title,
        audience=page.audience,
        url=page.url or "",
        passages=tuple(passages),
        link_texts=texts_to(page.uuid, page.audience),
        links=links_on(page) if page.audience in OPEN else (),
        **fields,
    )


def theme_slugs(page: Any) -> tuple[str, ...]:
    """The themes of a page, as far as everyone who finds the page may read them."""
    themes = page.themes.filter(live=True, audience__in=_no_narrower(page.audience))
    return tuple(sorted(theme.slug for theme in themes))


def _no_narrower(audience: str) -> list[str]:
    """A theme's slug may stand in a record only if everyone who finds the record may read it."""
    fixed = [token for token in tokens.FIXED if tokens.may_stand_under(audience, token)]
    return [*fixed, audience]


def published_on(page: ReadablePage) -> Any:
    return page.first_published_at.date() if page.first_published_at else None


# --- Which changes elsewhere concern a record ----------------------------------------------------
def _with_what_is_below(page: Any) -> Iterable[Any]:
    """A moved page takes the addresses of everything below it along."""
    return page.get_descendants(inclusive=True).specific()


def page_changes() -> tuple[Dependency, ...]:
    return (
        Dependency(audience_changed, lambda event: [event["page"].specific]),
        Dependency(page_published, lambda event: [event["instance"].specific]),
        Dependency(page_unpublished, lambda event: [event["instance"].specific]),
        Dependency(address_changed, lambda event: _with_what_is_below(event["page"])),
        Dependency(post_page_move, lambda event: _with_what_is_below(event["instance"])),
    )


def under_theme(model: Any) -> tuple[Dependency, ...]:
    """A record names the themes its readers may read, so it follows what becomes of a theme."""

    def of_theme(theme: Any) -> Iterable[Any]:
        return model.objects.filter(themes__page_ptr=theme.pk)

    return (
        Dependency(ThemePage, of_theme),
        Dependency(audience_changed, lambda event: of_theme(event["page"])),
    )
