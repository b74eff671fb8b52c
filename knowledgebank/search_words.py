"""How what the knowledge bank makes findable is named on the search page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.text import slugify

from knowledgebank.models import GlossaryPage, KnowledgeDocument, NewsPage, Practice, ThemePage
from knowledgebank.vocabulary import DocumentKind, ReviewState
from kpo.pages.models import ReadablePage
from kpo.people.reader import Reader, current_reader
from search.presentation import (
    Link,
    TypeLook,
    register_facet_labels,
    register_start_links,
    register_type,
)

START_THEMES = 8


def describe_document(document: KnowledgeDocument) -> list[str]:
    return [document.get_kind_display()]


def describe_practice(practice: Practice) -> list[str]:
    return ["Praktijkvoorbeeld", *practice.region_labels]


def describe_page(page: ReadablePage) -> list[str]:
    if isinstance(page, NewsPage):
        return ["Nieuws"]
    return ["Begrippenlijst"] if isinstance(page, GlossaryPage) else ["Pagina"]


def page_address(page: ReadablePage) -> str:
    return page.url or ""


def theme_titles(reader: Reader, slugs: Iterable[str]) -> Mapping[str, str]:
    """Titles of the themes this reader may read."""
    themes = ThemePage.objects.visible_to(reader).filter(slug__in=slugs)
    return dict(themes.values_list("slug", "title"))


def kind_labels(reader: Reader, kinds: Iterable[str]) -> Mapping[str, str]:
    return {kind: DocumentKind(kind).label for kind in kinds if kind in DocumentKind.values}


def review_labels(reader: Reader, states: Iterable[str]) -> Mapping[str, str]:
    return {state: ReviewState(state).label for state in states if state in ReviewState.values}


def themes_to_begin_with(request: HttpRequest) -> list[Link]:
    """The themes about which this reader can read most."""
    reader = current_reader(request)
    readable = Q(knowledge__live=True, knowledge__audience__in=reader.audiences)
    themes = ThemePage.objects.visible_to(reader).current()
    fullest = themes.annotate(size=Count("knowledge", filter=readable, distinct=True))
    return [
        Link(theme.title, page_address(theme))
        for theme in fullest.order_by("-size", "title")[:START_THEMES]
    ]


def register_words() -> None:
    """Tell the search page what the types and facets of this app are called."""
    theme = TypeLook("Thema's", "Thema", "thema", "layers", is_reviewed=True)
    document = TypeLook(
        "Documenten",
        "Document",
        "document",
        "file-text",
        describe=describe_document,
        about=page_address,
        is_reviewed=True,
    )
    practice = TypeLook(
        "Voorbeelden",
        "Praktijkvoorbeeld",
        "voorbeeld",
        "lightbulb",
        describe=describe_practice,
        is_reviewed=True,
    )
    register_type("theme", theme)
    register_type("document", document)
    register_type("practice", practice)
    register_type("page", TypeLook("Pagina's", "Pagina", "pagina", "newspaper", describe_page))
    register_type("person", TypeLook("Mensen", "Persoon", "persoon", "user-round"))
    register_facet_labels("theme", theme_titles)
    register_facet_labels("kind", kind_labels)
    states = {state.value: slugify(state.label) for state in ReviewState}
    register_facet_labels("review_state", review_labels, slugs=states)
    register_start_links(themes_to_begin_with)
