"""Practices, news, plain pages, glossary, menu and announcements of the demo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from wagtail.models import Site

from knowledgebank.demo.content import Written
from knowledgebank.demo.ground import Ground
from knowledgebank.demo.streams import body
from knowledgebank.models import (
    Citation,
    GlossaryTerm,
    HomePage,
    NewsIndexPage,
    NewsPage,
    PlainPage,
    Practice,
    PracticeIndexPage,
    ThemePage,
)
from kpo.pages.models import Announcement, MenuLink, ReadablePage, SiteFurniture

# The day the practices and plain pages of the demo came with; they have no date of their own.
OPENED_ON = date(2026, 11, 2)


def plant_texts(ground: Ground) -> int:
    """Make what is missing; returns how many pages."""
    content = ground.content
    plant_terms(ground)
    plant_announcements(ground)
    return (
        _plant(ground, content.practices, Practice, _practice)
        + _plant(ground, content.news, NewsPage, _news)
        + _plant(ground, content.pages, PlainPage, _plain)
    )


def _plant(
    ground: Ground,
    texts: list[Written],
    model: type[ReadablePage],
    plant: Callable[[Ground, Written], None],
) -> int:
    there = set(model.objects.values_list("slug", flat=True))
    missing = [text for text in texts if text.slug not in there]
    for text in sorted(missing, key=lambda text: text.dated_on or OPENED_ON):
        with transaction.atomic():
            plant(ground, text)
    return len(missing)


def _practice(ground: Ground, text: Written) -> None:
    page = Practice(
        organisation=ground.organisations[text.head["organisation"]],
        place=text.head["place"],
        effort=text.head["effort"],
        outcome=text.head["outcome"],
        regions=text.head["regions"],
        responsible=ground.editor,
        reviewed_on=OPENED_ON,
        summary=text.summary,
        **_shared(ground, text),
    )
    page.themes = list(ThemePage.objects.filter(slug__in=text.head["themes"]))
    page.citations = [
        Citation(identifier=cited.identifier, label=cited.label) for cited in text.citations
    ]
    ground.add(PracticeIndexPage.objects.get(), page)
    ground.publish(page, OPENED_ON)


def _news(ground: Ground, text: Written) -> None:
    dated_on = text.dated_on or OPENED_ON
    page = NewsPage(dated_on=dated_on, intro=text.head["intro"], **_shared(ground, text))
    ground.add(NewsIndexPage.objects.get(), page)
    ground.publish(page, dated_on)


def _plain(ground: Ground, text: Written) -> None:
    page = PlainPage(intro=text.head["intro"], **_shared(ground, text))
    ground.add(HomePage.objects.get(), page)
    ground.publish(page, OPENED_ON)
    furniture = SiteFurniture.for_site(Site.objects.get(is_default_site=True))
    MenuLink.objects.create(
        furniture=furniture,
        page=page,
        place=text.head["menu"],
        sort_order=furniture.menu_links.count(),
    )


def _shared(ground: Ground, text: Written) -> dict[str, str]:
    return {
        "title": text.title,
        "slug": text.slug,
        "audience": ground.audience(text.audience),
        "body": body(text.slug, text.blocks),
    }


def plant_terms(ground: Ground) -> None:
    there = set(GlossaryTerm.objects.values_list("term", flat=True))
    for facts in ground.content.terms:
        if facts["term"] not in there:
            GlossaryTerm.objects.create(**facts)


def plant_announcements(ground: Ground) -> None:
    there = set(Announcement.objects.values_list("text", flat=True))
    for facts in ground.content.announcements:
        if facts["text"] not in there:
            Announcement.objects.create(**facts)
