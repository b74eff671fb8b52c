"""Pages, files and announcements for every audience; drafts; what was taken back."""

from __future__ import annotations

from typing import Any

from knowledgebank.models import (
    Barrier,
    DocumentFile,
    EventPage,
    NewsIndexPage,
    NewsPage,
    Practice,
    PracticeIndexPage,
    RegionPage,
)
from kpo.files.actions import store_document, store_image
from kpo.pages.actions import change_audience
from kpo.pages.models import Announcement, ReadablePage
from kpo.people import tokens
from kpo.people.choices import Region
from kpo.people.roles import Role
from tests.factories.events import event_page
from tests.factories.pages import home_page, knowledge_document, plain_page, theme_page
from tests.factories.people import UserFactory
from tests.factories.regions import initiative, region_page
from tests.leaks.canaries.files import pdf_with, picture
from tests.leaks.ledger import in_cms, published
from tests.leaks.world import World


class Said:
    """Makes tokens that one audience may read."""

    def __init__(self, world: World, audience: str) -> None:
        self.world = world
        self.audience = audience

    def __call__(self, what: str) -> str:
        prefix = self.audience.split(":", maxsplit=1)[0]
        return self.world.ledger.token(f"{what} ({prefix})", published(self.audience))


def add_content(world: World, audience: str) -> None:
    new = Said(world, audience)
    theme = theme_page(
        audience,
        title=new("theme title"),
        slug=new("theme slug"),
        summary=new("theme summary"),
        what=f"<p>{new('theme text')}</p>",
        short_names=[new("short name")],
    )
    document = _document(world, new, theme)
    world.pages += [theme, document, _practice(new, theme), _news(new)]
    world.pages += [_event(new, theme), _region(new, theme)]
    world.images.append(
        store_image(
            actor=None,
            upload=picture(),
            name=f"{new('image name')}.png",
            audience=audience,
            title=new("image title"),
            description=new("alt text"),
        )
    )
    Announcement.objects.create(text=new("announcement"), audience=audience)
    Barrier.objects.create(title=new("barrier"), audience=audience, partners=["police"])


def _document(world: World, new: Said, theme: Any) -> Any:
    file = store_document(
        actor=None,
        upload=pdf_with(new("file text")),
        name=f"{new('file name')}.pdf",
        audience=new.audience,
        title=new("file title"),
    )
    world.documents.append(file)
    document = knowledge_document(
        new.audience,
        title=new("document title"),
        slug=new("document slug"),
        summary=new("document summary"),
        themes=[theme],
    )
    DocumentFile.objects.create(page=document, document=file, label=new("file label"))
    document.save_revision().publish()
    return document


def _practice(new: Said, theme: Any) -> Practice:
    practice = Practice(
        title=new("practice title"),
        slug=new("practice slug"),
        audience=new.audience,
        place=new("place"),
        effort=new("effort"),
        outcome=new("outcome"),
        body="[]",
    )
    practice.live = False
    PracticeIndexPage.objects.get().add_child(instance=practice)
    practice.themes = [theme]
    practice.save_revision().publish()
    practice.refresh_from_db()
    return practice


def _news(new: Said) -> NewsPage:
    news = NewsPage(
        title=new("news title"),
        slug=new("news slug"),
        intro=new("news intro"),
        audience=new.audience,
        body="[]",
    )
    news.live = False
    NewsIndexPage.objects.get().add_child(instance=news)
    news.save_revision().publish()
    news.refresh_from_db()
    return news


def _event(new: Said, theme: Any) -> EventPage:
    """To come, so that it stands in agendas, on the home page and on its theme."""
    event: EventPage = event_page(
        new.audience,
        title=new("event title"),
        slug=new("event slug"),
        summary=new("event summary"),
        intended_for=new("whom an event is for"),
        place=new("event place"),
        online_url=f"https://elders.example/{new('online address of event')}",
        registration_url=f"https://elders.example/{new('registration address of event')}",
        themes=[theme],
        regions=[Region.LIMBURG],
    )
    return event


# One region has one page: each audience has its own.
REGIONS = dict(
    zip(
        (tokens.PUBLIC, tokens.ACCOUNTS, tokens.PUBLIC_SECTOR, tokens.CIRCLE),
        (Region.LIMBURG, Region.ROTTERDAM, Region.DEN_HAAG, Region.NOORD_HOLLAND),
        strict=True,
    )
)


def _region(new: Said, theme: Any) -> RegionPage:
    page: RegionPage = region_page(
        new.audience,
        region=REGIONS[new.audience.split(":", maxsplit=1)[0]],
        title=new("region title"),
        slug=new("region slug"),
        summary=new("region summary"),
        initiatives=[
            initiative(
                title=new("initiative"),
                what=new("what an initiative is"),
                theme=theme,
                link=f"https://elders.example/{new('address of initiative')}",
                contact=new("contact of initiative"),
            )
        ],
    )
    return page


def add_drafts(world: World, held: str) -> None:
    """A newer draft on published pages, and a page that was never published."""
    for page in list(world.pages):
        draft = page.__class__.objects.get(pk=page.pk)
        draft.title = world.ledger.token("draft title", in_cms(page.audience))
        draft.save_revision()
    home = home_page()
    for audience in (tokens.PUBLIC, held):
        title = world.ledger.token("unpublished title", in_cms(audience))
        slug = world.ledger.token("unpublished slug", in_cms(audience))
        world.pages.append(plain_page(home, audience, live=False, title=title, slug=slug))


def add_withdrawn(world: World, held: str) -> None:
    """A closed page that was set to "nobody": only who held it may meet it, in the CMS."""
    title = world.ledger.token("withdrawn title", in_cms(held))
    slug = world.ledger.token("withdrawn slug", in_cms(held))
    page = plain_page(home_page(), held, title=title, slug=slug)
    editor = UserFactory(email="intrekker@persona.example", roles=[Role.ADMINISTRATOR])
    world.circle.grants.create(person=editor)
    change_audience(actor=editor, page=page, audience=tokens.NOBODY)
    world.pages.append(ReadablePage.objects.get(pk=page.pk).specific)
