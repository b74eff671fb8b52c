"""The pages that every installation has: home, the overviews, and what the law asks for."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page, Site, Task, Workflow, WorkflowTask

from knowledgebank.models import (
    ContactPage,
    DocumentIndexPage,
    EventIndexPage,
    GlossaryPage,
    HomePage,
    NewsIndexPage,
    PlainPage,
    PracticeIndexPage,
    RegionIndexPage,
    ReviewTask,
    ThemeIndexPage,
)
from knowledgebank.models.review import BOARD_WORKFLOW
from knowledgebank.review.starter_method import ensure_method
from knowledgebank.site_texts import ACCESSIBILITY, COOKIES, PRIVACY
from kpo.pages.models import MenuLink, ReadablePage, SiteFurniture
from kpo.people import tokens
from kpo.people.permission_sheet import sync_roles

# (page class, title, slug, further fields, where the menu shows it)
PAGES: list[tuple[type[ReadablePage], str, str, dict[str, Any], str]] = [
    (
        ThemeIndexPage,
        "Thema's",
        "themas",
        {"intro": "Per onderwerp: wat het is, hoe je het ziet en wie wat kan doen."},
        MenuLink.Place.HEADER,
    ),
    (
        DocumentIndexPage,
        "Documenten",
        "documenten",
        {"intro": "Handreikingen, onderzoeken, modellen en meer."},
        MenuLink.Place.HEADER,
    ),
    (
        PracticeIndexPage,
        "Praktijk",
        "praktijk",
        {"intro": "Wat anderen deden, wat het kostte en wat het opleverde."},
        MenuLink.Place.HEADER,
    ),
    (
        RegionIndexPage,
        "Regio's",
        "regios",
        {"intro": "Wat er in elke regio gebeurt, en wat je daarvan kunt lezen."},
        MenuLink.Place.HEADER,
    ),
    (
        EventIndexPage,
        "Agenda",
        "agenda",
        {"intro": "Bijeenkomsten, webinars en trainingen in het land."},
        MenuLink.Place.HEADER,
    ),
    (NewsIndexPage, "Nieuws", "nieuws", {}, MenuLink.Place.HEADER),
    (
        GlossaryPage,
        "Begrippen",
        "begrippen",
        {"intro": "Woorden en afkortingen uit het vak, in gewone taal."},
        MenuLink.Place.HEADER,
    ),
    (
        ContactPage,
        "Contact",
        "contact",
        {"intro": "Heb je een vraag of mis je iets? Schrijf ons. We antwoorden per mail."},
        MenuLink.Place.FOOTER,
    ),
    (PlainPage, "Privacy", "privacy", PRIVACY, MenuLink.Place.FOOTER),
    (PlainPage, "Toegankelijkheid", "toegankelijkheid", ACCESSIBILITY, MenuLink.Place.FOOTER),
    (PlainPage, "Cookies", "cookies", COOKIES, MenuLink.Place.FOOTER),
]


@transaction.atomic
def ensure_site() -> HomePage:
    """Make what is missing and leave what is there; returns the home page."""
    home = HomePage.objects.first() or _make_home()
    _put_away_wagtails_workflow()
    ensure_board_workflow()
    # Page permissions hang on the page that the site is served from; it may be new.
    sync_roles()
    present = set(home.get_children().values_list("slug", flat=True))
    for model, title, slug, fields, place in PAGES:
        if slug not in present:
            page = _add(home, model(title=title, slug=slug, **fields))
            _add_to_menu(page, place)
    return home


def _make_home() -> HomePage:
    root = Page.get_first_root_node()
    # The page that Wagtail's own migrations put there has the slug and the site we need.
    root.get_children().filter(slug="home").exclude(content_type__model="homepage").delete()
    root.refresh_from_db()
    home = HomePage(title="KPO", slug="home")
    _add(root, home)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": "KPO"},
    )
    return home


def _put_away_wagtails_workflow() -> None:
    """Its migrations bring one in English, for a group of moderators that we do not have."""
    for workflow in Workflow.objects.active().filter(name="Moderators approval"):
        workflow.deactivate()
    for task in Task.objects.active().filter(name="Moderators approval"):
        task.deactivate()


def ensure_board_workflow() -> Workflow:
    """The workflow that pages get for which no rule or place names another."""
    workflow, is_new = Workflow.objects.get_or_create(name=BOARD_WORKFLOW)
    if is_new:
        task = ReviewTask.objects.create(name=BOARD_WORKFLOW, method=ensure_method())
        WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow


def _add(parent: Page, page: Any) -> Any:
    page.audience = tokens.PUBLIC
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _add_to_menu(page: ReadablePage, place: str) -> None:
    furniture = SiteFurniture.for_site(Site.objects.get(is_default_site=True))
    last = furniture.menu_links.count()
    MenuLink.objects.create(furniture=furniture, page=page, place=place, sort_order=last)
