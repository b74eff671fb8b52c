"""Two sites that are equal but for what is closed: made one after the other, and then undone.

What is open is the same in both to the last letter: texts and random ids come from a stream of
their own, the clock stands still, and no number that the database gives out is part of it. What is
closed is made in between, so that row numbers of open things differ: they must not show.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from wagtail.contrib.redirects.models import Redirect

from knowledgebank.models import Barrier, DocumentFile, NewsIndexPage, NewsPage
from knowledgebank.notices import NEW
from kpo import jobs
from kpo.inbox.models import Follow
from kpo.pages.actions import change_audience
from kpo.pages.models import Announcement, ReadablePage
from kpo.people import tokens
from kpo.people.choices import Sector, ShownTo
from kpo.people.models import Circle, User
from kpo.people.roles import Role
from search import upkeep
from search.models import Asking, MissingReport
from search.pinned import Pin
from search.pins import announce_change as announce_pins
from tests.factories import files
from tests.factories.notices import notification
from tests.factories.pages import home_page, knowledge_document, plain_page, theme_page
from tests.factories.people import CircleFactory, OrganisationFactory, UserFactory
from tests.leaks.twin.words import CLOSED_WORDS, sentence, title

SEED = 20261122
CIRCLE = "circle"
OPEN_LEVELS = (tokens.PUBLIC, tokens.ACCOUNTS)
# Two who hold nothing of the circle.
OUTSIDERS = ("partner", "official")
EVERY_LEVEL = (*OPEN_LEVELS, tokens.PUBLIC_SECTOR, CIRCLE)


@dataclass
class Twin:
    """One of the two, and who asks it; `closed` are addresses of things that only one has."""

    circle: Circle
    people: dict[str, User]
    themes: dict[str, list[Any]] = field(default_factory=dict)
    documents: dict[str, list[Any]] = field(default_factory=dict)


class Streams:
    """A stream of random bytes per level, so that one level never moves another's."""

    def __init__(self) -> None:
        self._streams: dict[str, random.Random] = {}
        self.level = ""

    @property
    def dice(self) -> random.Random:
        return self._streams.setdefault(self.level, random.Random(f"{SEED} {self.level}"))

    def bytes(self, number: int) -> bytes:
        return self.dice.randbytes(number)

    @contextmanager
    def of(self, level: str) -> Iterator[random.Random]:
        before, self.level = self.level, level
        yield self.dice
        self.level = before


def build(levels: tuple[str, ...], rounds: int, patch: pytest.MonkeyPatch) -> Twin:
    """A site with so many rounds of content of these levels."""
    streams = Streams()
    with patch.context() as during:
        during.setattr(os, "urandom", streams.bytes)
        made = _people(streams)
        jobs.drain()
        for number in range(rounds):
            # What is closed comes before, between and after what is open.
            for level in reversed(EVERY_LEVEL):
                if level in levels:
                    with streams.of(level) as dice:
                        _add(made, level, number, dice)
        if CIRCLE in levels:
            with streams.of(CIRCLE) as dice:
                _add_what_hides(made, dice)
        jobs.drain()
        if CIRCLE in levels:
            with streams.of("narrowed"):
                _narrow(made)
                jobs.drain()
            # What comes by every hour; it makes the index anew because of what was narrowed.
            assert upkeep.forget_left()
        else:
            upkeep.rebuild()
        upkeep.apply_changes()
    return made


def _people(streams: Streams) -> Twin:
    with streams.of("people"):
        circle = CircleFactory(name="Kring van de tweeling", parts=[("sector", Sector.RIEC)])
        riec = OrganisationFactory(name="RIEC van de tweeling", sector=Sector.RIEC)
        ours = OrganisationFactory(name="Gemeente van de tweeling")
        bank = OrganisationFactory(name="Bank van de tweeling", kind="private", sector=Sector.BANK)
        named = {"first_name": "Kim", "last_name": "Tweeling", "show_profile": ShownTo.ACCOUNTS}
        people = {
            "partner": UserFactory(email="bank@twin.example", organisation=bank, **named),
            "official": UserFactory(email="ambtenaar@twin.example", organisation=ours, **named),
            "member": UserFactory(email="kringlid@twin.example", organisation=riec, **named),
        }
    return Twin(circle, people)


def _audience(made: Twin, level: str) -> str:
    return made.circle.token if level == CIRCLE else level


def _add(made: Twin, level: str, number: int, dice: random.Random) -> None:
    """A theme, two documents of which one has a file, and now and then news."""
    audience = _audience(made, level)
    slug = f"{level.replace('_', '-')}-{number}"
    theme = theme_page(
        audience,
        title=title(dice, level),
        slug=f"thema-{slug}",
        summary=sentence(dice, level, 12),
        what=f"<p>{sentence(dice, level, 40)}</p>{_link(made, level)}",
        short_names=[f"T{number}{level[:2]}".upper()],
    )
    made.themes.setdefault(level, []).append(theme)
    if level == tokens.PUBLIC and number == 0:
        # Closed documents come under it too: outsiders hear of the open ones only.
        for name in OUTSIDERS:
            Follow.objects.create(person=made.people[name], page=theme)
    for which in range(2):
        # A closed document stands under an open theme: the theme must not show it.
        themes = [theme] if which else [made.themes.get(tokens.PUBLIC, [theme])[0]]
        if level == tokens.PUBLIC:
            themes = [theme]
        document = knowledge_document(
            audience,
            title=title(dice, level),
            slug=f"document-{slug}-{which}",
            summary=sentence(dice, level, 25),
            themes=themes,
        )
        made.documents.setdefault(level, []).append(document)
        if which:
            _attach(document, audience, dice, level)
    _add_news(audience, slug, dice, level)


def _link(made: Twin, level: str) -> str:
    """A closed page links to an open one: its words must not find that page."""
    if level in OPEN_LEVELS or tokens.PUBLIC not in made.themes:
        return ""
    target = made.themes[tokens.PUBLIC][-1]
    return f'<p><a linktype="page" id="{target.pk}">{CLOSED_WORDS[0]} {CLOSED_WORDS[1]}</a></p>'


def _attach(document: Any, audience: str, dice: random.Random, level: str) -> None:
    pages = tuple(sentence(dice, level, 60) for _ in range(3))
    stored = files.document(
        audience=audience,
        content=" ".join(pages).encode(),
        original_name=f"{title(dice, level)}.txt",
        pages=pages,
        title=title(dice, level),
    )
    DocumentFile.objects.create(page=document, document=stored, label=sentence(dice, level, 2))
    document.save_revision().publish()


def _add_news(audience: str, slug: str, dice: random.Random, level: str) -> None:
    news = NewsPage(
        title=title(dice, level),
        slug=f"nieuws-{slug}",
        intro=sentence(dice, level, 15),
        audience=audience,
        body="[]",
        live=False,
    )
    NewsIndexPage.objects.get().add_child(instance=news)
    news.save_revision().publish()


# --- What an outsider must not notice ------------------------------------------------------------
def _add_what_hides(made: Twin, dice: random.Random) -> None:
    """Drafts, people not shown, marks of others, and what was asked and pinned about all that."""
    audience, public = made.circle.token, made.themes[tokens.PUBLIC][0]
    draft = type(public).objects.get(pk=public.pk)
    draft.title = title(dice, CIRCLE)
    draft.save_revision()
    plain_page(home_page(), tokens.PUBLIC, live=False, title=title(dice, CIRCLE), slug="ontwerp")
    UserFactory(last_name=CLOSED_WORDS[2], show_profile=ShownTo.NOBODY)
    UserFactory(last_name=CLOSED_WORDS[3], show_profile=ShownTo.OWN_ORGANISATION)
    Announcement.objects.create(text=sentence(dice, CIRCLE, 5), audience=audience)
    Barrier.objects.create(title=sentence(dice, CIRCLE, 3), audience=audience, partners=["police"])
    closed = made.themes[CIRCLE][0]
    Redirect.objects.create(old_path="/oud-adres", redirect_page=closed, is_permanent=True)
    for name in OUTSIDERS:
        notification(made.people[name], closed, NEW)
    Pin.objects.create(questions=["bedrijf"], pages=[closed.uuid])
    announce_pins()
    for number in range(6):
        asked = {"day": "2026-11-22", "text": CLOSED_WORDS[0], "theme": closed.slug}
        Asking.objects.create(asker=f"{number}", is_found=True, **asked)
    MissingReport.objects.create(text=CLOSED_WORDS[1], theme=closed.slug)


def _narrow(made: Twin) -> None:
    """A page that everyone with an account could read and find until now."""
    words = " ".join(CLOSED_WORDS)
    page = theme_page(
        tokens.ACCOUNTS, title=f"Versmald {words}", slug="versmald", what=f"<p>{words} bedrijf</p>"
    )
    jobs.drain()
    editor = UserFactory(
        email="redacteur@twin.example", roles=[Role.EDITOR], show_profile=ShownTo.NOBODY
    )
    made.circle.grants.create(person=editor)
    page = ReadablePage.objects.get(pk=page.pk)
    change_audience(actor=editor, page=page, audience=made.circle.token)
