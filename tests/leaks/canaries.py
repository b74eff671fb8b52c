"""What is asked for: a data set in which every text that is not public holds a token of its own."""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as PillowImage

from knowledgebank.models import (
    Barrier,
    ContactMessage,
    DocumentFile,
    HelpfulVote,
    NewsIndexPage,
    NewsPage,
    Practice,
    PracticeIndexPage,
)
from kpo import jobs
from kpo.audit.log import record
from kpo.files.actions import store_document, store_image
from kpo.inbox.models import Bookmark, Follow
from kpo.pages.models import Announcement
from kpo.people import tokens
from kpo.people.choices import ShownTo
from kpo.people.models import AccessRequest, Circle
from kpo.people.roles import Role
from tests.factories.pages import knowledge_document, make_site, plain_page, theme_page
from tests.factories.people import OrganisationFactory, UserFactory
from tests.leaks.personas import Persona, ReadBy

PREFIX = "kanarie"


@dataclass
class Ledger:
    """Each token with what it stands for and the predicate on who may read it."""

    rules: dict[str, tuple[str, ReadBy]] = field(default_factory=dict)

    def token(self, what: str, read_by: ReadBy) -> str:
        token = f"{PREFIX}{secrets.token_hex(6)}"
        self.rules[token] = (what, read_by)
        return token

    def may_read(self, token: str, persona: Persona) -> bool:
        return self.rules[token][1](persona)

    def what(self, token: str) -> str:
        return self.rules[token][0]


def published(audience: str) -> ReadBy:
    return lambda persona: persona.may_read(audience)


def in_cms(audience: str) -> ReadBy:
    """Drafts and revisions: who has the pages of the CMS and holds the audience."""
    return lambda persona: (
        persona.may_read(audience) and persona.has_role(Role.EDITOR, Role.ADMINISTRATOR)
    )


def by_roles(*roles: Role) -> ReadBy:
    return lambda persona: persona.has_role(*roles)


def nobody(persona: Persona) -> bool:
    return False


def own(name: str) -> ReadBy:
    return lambda persona: persona.name == name


@dataclass
class World:
    """The data set, the ledger, and what routes need to be filled in with."""

    ledger: Ledger
    personas: dict[str, Persona]
    circle: Circle
    pages: list[Any] = field(default_factory=list)
    documents: list[Any] = field(default_factory=list)
    images: list[Any] = field(default_factory=list)
    objects: dict[str, list[Any]] = field(default_factory=dict)


def pdf_with(text: str) -> SimpleUploadedFile:
    """A PDF of one page that says `text`."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 300))
    page = pdf.pages[0]
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
    stored = io.BytesIO()
    pdf.save(stored)
    return SimpleUploadedFile("proef.pdf", stored.getvalue(), "application/pdf")


def picture() -> SimpleUploadedFile:
    stored = io.BytesIO()
    PillowImage.new("RGB", (40, 30), "#0a6259").save(stored, "PNG")
    return SimpleUploadedFile("proef.png", stored.getvalue(), "image/png")


def build_world(circle: Circle, personas: dict[str, Persona]) -> World:
    """Content for every audience, and the working records around it."""
    world = World(Ledger(), personas, circle)
    make_site()
    held = tokens.circle_token(circle.uuid)
    for audience in (tokens.PUBLIC, tokens.ACCOUNTS, tokens.PUBLIC_SECTOR, held):
        _content(world, audience)
    _drafts(world, held)
    _withdrawn(world, held)
    _people(world)
    _records(world)
    world.ledger.rules[circle.name] = ("circle name", lambda persona: True)
    jobs.drain()
    return world


def _content(world: World, audience: str) -> None:
    said = published(audience)

    def new(what: str) -> str:
        return world.ledger.token(f"{what} ({audience.split(':', maxsplit=1)[0]})", said)

    theme = theme_page(
        audience,
        title=new("theme title"),
        slug=new("theme slug"),
        summary=new("theme summary"),
        what=f"<p>{new('theme text')}</p>",
        short_names=[new("short name")],
    )
    file = store_document(
        actor=None,
        upload=pdf_with(new("file text")),
        name=f"{new('file name')}.pdf",
        audience=audience,
        title=new("file title"),
    )
    document = knowledge_document(
        audience,
        title=new("document title"),
        slug=new("document slug"),
        summary=new("document summary"),
        themes=[theme],
    )
    DocumentFile.objects.create(page=document, document=file, label=new("file label"))
    document.save_revision().publish()
    practice = Practice(
        title=new("practice title"),
        slug=new("practice slug"),
        audience=audience,
        place=new("place"),
        effort=new("effort"),
        outcome=new("outcome"),
        body="[]",
    )
    practice.live = False
    PracticeIndexPage.objects.get().add_child(instance=practice)
    practice.themes = [theme]
    practice.save_revision().publish()
    news = NewsPage(
        title=new("news title"),
        slug=new("news slug"),
        intro=new("news intro"),
        audience=audience,
        body="[]",
    )
    news.live = False
    NewsIndexPage.objects.get().add_child(instance=news)
    news.save_revision().publish()
    image = store_image(
        actor=None,
        upload=picture(),
        name=f"{new('image name')}.png",
        audience=audience,
        title=new("image title"),
        description=new("alt text"),
    )
    Announcement.objects.create(text=new("announcement"), audience=audience)
    Barrier.objects.create(title=new("barrier"), audience=audience, partners=["police"])
    world.pages += [theme, document, practice, news]
    world.documents.append(file)
    world.images.append(image)


def _drafts(world: World, held: str) -> None:
    """A newer draft on published pages, and a page that was never published."""
    for page in list(world.pages):
        draft = page.__class__.objects.get(pk=page.pk)
        draft.title = world.ledger.token("draft title", in_cms(page.audience))
        draft.save_revision()
    home = make_site()
    for audience in (tokens.PUBLIC, held):
        title = world.ledger.token("unpublished title", in_cms(audience))
        slug = world.ledger.token("unpublished slug", in_cms(audience))
        world.pages.append(plain_page(home, audience, live=False, title=title, slug=slug))


def _withdrawn(world: World, held: str) -> None:
    """A closed page that was set to "nobody": only who held it may meet it, in the CMS."""
    from kpo.pages.actions import change_audience

    title = world.ledger.token("withdrawn title", in_cms(held))
    slug = world.ledger.token("withdrawn slug", in_cms(held))
    page = plain_page(make_site(), held, title=title, slug=slug)
    editor = UserFactory(email="intrekker@persona.example", roles=[Role.ADMINISTRATOR])
    world.circle.grants.create(person=editor)
    change_audience(actor=editor, page=page, audience=tokens.NOBODY)
    world.pages.append(page)


def _people(world: World) -> None:
    """People who show parts of their profile to ever smaller groups."""
    administrators = by_roles(Role.ADMINISTRATOR)

    def or_admin(rule: ReadBy) -> ReadBy:
        return lambda persona: rule(persona) or administrators(persona)

    shown = {
        ShownTo.ACCOUNTS: or_admin(published(tokens.ACCOUNTS)),
        ShownTo.PUBLIC_SECTOR: or_admin(published(tokens.PUBLIC_SECTOR)),
        ShownTo.OWN_ORGANISATION: administrators,
        ShownTo.NOBODY: administrators,
    }
    world.objects["people"] = [
        UserFactory(
            last_name="Kanarie",
            function=world.ledger.token(f"function ({level})", rule),
            expertise=world.ledger.token(f"expertise ({level})", rule),
            organisation=OrganisationFactory(name=f"Organisatie {level}"),
            show_profile=level,
            show_function=level,
            show_expertise=level,
        )
        for level, rule in shown.items()
    ]


def _records(world: World) -> None:
    """Working records: no token, and for few eyes."""
    reader = world.personas["public_account"].person
    page = world.pages[0]
    administrators = by_roles(Role.ADMINISTRATOR)
    world.objects["requests"] = [
        AccessRequest.objects.create(
            email="aanvrager@persona.example",
            first_name="Ada",
            last_name="Aanvrager",
            organisation_name=world.ledger.token("request organisation", administrators),
            function=world.ledger.token("request function", administrators),
            motivation=world.ledger.token("request motivation", administrators),
        )
    ]
    HelpfulVote.objects.create(
        page=page,
        person=reader,
        is_helpful=False,
        reason=world.ledger.token("vote reason", own("public_account")),
    )
    message = ContactMessage.objects.create(
        name="Cas",
        email="cas@persona.example",
        person=reader,
        subject=world.ledger.token("message subject", _editors_or("public_account")),
        text=world.ledger.token("message text", _editors_or("public_account")),
    )
    world.objects["messages"] = [message]
    Follow.objects.create(person=reader, page=page)
    Bookmark.objects.create(person=reader, page=page)
    record(
        "leaks.proof",
        actor=reader,
        obj=page,
        details={"note": world.ledger.token("audit detail", by_roles(Role.AUDITOR))},
    )


def _editors_or(name: str) -> ReadBy:
    return lambda persona: persona.name == name or persona.has_role(Role.EDITOR, Role.ADMINISTRATOR)
