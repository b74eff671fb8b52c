"""Losing access: the doors a person came through, the ways to lose them, and holes made on purpose.

Nothing here runs a job: whoever lost access has lost it before any worker comes by.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from knowledgebank.models import DocumentFile, KnowledgeDocument, ThemePage
from kpo.files import actions as files
from kpo.files.models import Document
from kpo.inbox.models import Bookmark, Follow
from kpo.pages import actions as pages
from kpo.people import tokens
from kpo.people.actions import accounts, circles, invitations, organisations, roles
from kpo.people.choices import Kind, Sector, ShownTo
from kpo.people.models import Circle, Invitation, User
from tests.factories.people import OrganisationFactory, UserFactory
from tests.leaks.personas import Persona
from tests.leaks.walk import parts_of
from tests.leaks.world import World


@dataclass
class Things:
    """What of one audience is asked for."""

    theme: Any
    document: Any
    file: Any
    image: Any
    file_text: str = ""

    @classmethod
    def of(cls, world: World, audience: str) -> Things:
        def first(model: type, among: list[Any]) -> Any:
            return next(one for one in among if isinstance(one, model) and one.audience == audience)

        file = first(object, world.documents)
        return cls(
            first(ThemePage, world.pages),
            first(KnowledgeDocument, world.pages),
            file,
            first(object, world.images),
            file.pages.get(number=1).text.strip(),
        )


@dataclass
class Scene:
    """The data set, its things by audience, and who else plays a part."""

    world: World
    held: str
    circle_id: int
    things: dict[str, Things]
    colleague: User
    invitation: Invitation
    secret: str

    def person(self, name: str) -> User:
        person = self.world.personas[name].person
        assert person is not None
        return User.objects.get(pk=person.pk)

    @property
    def circle(self) -> Circle:
        return Circle.objects.get(pk=self.circle_id)

    @property
    def administrator(self) -> User:
        return self.person("administrator")

    @property
    def insider(self) -> User:
        """Who may change what the circle reads."""
        return self.person("editor")


def set_scene(world: World) -> Scene:
    """Let the editor into the circle, and let everyone keep and follow what is asked for."""
    held = world.circle.token
    audiences = (tokens.PUBLIC, tokens.PUBLIC_SECTOR, held)
    things = {audience: Things.of(world, audience) for audience in audiences}
    world.circle.grants.create(person=world.personas["editor"].person)
    for one in things.values():
        one.image.get_rendition("width-20")
    for persona in world.personas.values():
        if persona.person is not None:
            for one in things.values():
                Bookmark.objects.get_or_create(person=persona.person, page=one.theme)
                Follow.objects.get_or_create(person=persona.person, page=one.theme)
    manager = world.personas["organisation_administrator"].person
    assert manager is not None
    colleague = UserFactory(
        email="collega@persona.example",
        organisation=manager.organisation,
        show_profile=ShownTo.PUBLIC_SECTOR,
    )
    administrator = world.personas["administrator"].person
    assert administrator is not None
    secret = "geheim-van-de-proef"
    invitation = invitations.invite(
        actor=administrator, email="nieuw@persona.example", organisation=OrganisationFactory()
    )
    invitation.secret_digest = invitations.digest(secret)
    invitation.save(update_fields=["secret_digest"])
    return Scene(world, held, world.circle.pk, things, colleague, invitation, secret)


# --- Doors ---------------------------------------------------------------------------------------
# Asks as this client for the things of an audience; says whether they came.
Ask = Callable[[Client, Scene, Things], bool]
DOORS: dict[str, Ask] = {}


def door(ask: Ask) -> Ask:
    DOORS[ask.__name__] = ask
    return ask


def shows(response: Any, text: str) -> bool:
    return response.status_code == 200 and any(text in part for _, part in parts_of(response))


@door
def page(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(things.theme.url), things.theme.title)


@door
def document_page(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(things.document.url), things.document.title)


@door
def list_of_pages(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/themas/"), things.theme.title)


@door
def hit(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/zoeken/", {"q": things.theme.summary}), things.theme.title)


@door
def total(client: Client, scene: Scene, things: Things) -> bool:
    response = client.get("/zoeken/", {"q": things.theme.summary})
    return bool(response.context["answer"].total)


@door
def facet(client: Client, scene: Scene, things: Things) -> bool:
    answer = client.get("/zoeken/", {"q": things.document.summary}).context["answer"]
    return things.theme.slug in answer.facets.get("theme", {})


@door
def hit_in_file(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/zoeken/", {"q": things.file_text}), things.document.title)


@door
def suggestion(client: Client, scene: Scene, things: Things) -> bool:
    title = things.theme.title
    return shows(client.get("/zoeken/suggesties/", {"q": title[:-3]}), title)


@door
def file(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(things.file.url), things.file_text)


@door
def preview(client: Client, scene: Scene, things: Things) -> bool:
    response = client.get(f"/bestanden/{things.file.uuid}/voorbeeld.png")
    return response.status_code == 200


@door
def image(client: Client, scene: Scene, things: Things) -> bool:
    name = things.image.original_name
    return client.get(f"/beelden/{things.image.uuid}/width-20/{name}").status_code == 200


@door
def bookmarks(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/mijn/bewaard/"), things.theme.title)


@door
def follow(client: Client, scene: Scene, things: Things) -> bool:
    response = client.post(f"/mijn/pagina/{things.theme.uuid}/volg/")
    return response.headers.get("Location") == things.theme.url


@door
def own_data(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.post("/mijn/gegevens/download/"), things.theme.title)


@door
def home(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/"), things.theme.title)


@door
def cms_page(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(f"/cms/pages/{things.theme.pk}/edit/"), things.theme.slug)


@door
def cms_history(client: Client, scene: Scene, things: Things) -> bool:
    return client.get(f"/cms/pages/{things.theme.pk}/history/").status_code == 200


@door
def cms_explorer(client: Client, scene: Scene, things: Things) -> bool:
    parent = things.theme.get_parent()
    return shows(client.get(f"/cms/pages/{parent.pk}/"), things.theme.slug)


@door
def cms_file(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(f"/cms/documents/edit/{things.file.pk}/"), things.file.title)


@door
def colleague(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(f"/mensen/{scene.colleague.uuid}/"), scene.colleague.last_name)


@door
def organisation(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get("/organisatie/"), scene.colleague.last_name)


@door
def invitation(client: Client, scene: Scene, things: Things) -> bool:
    return shows(client.get(f"/uitnodiging/{scene.secret}/"), scene.invitation.email)


PAGE = ("page", "list_of_pages", "hit", "total", "suggestion")
MARKS = ("bookmarks", "follow", "own_data")
FILE = ("file", "preview", "hit_in_file")
CMS = ("cms_page", "cms_history", "cms_explorer")
READER = (*PAGE, *MARKS, *FILE, "document_page", "facet", "image", "home")
EDITOR = (*READER, *CMS, "cms_file")


# --- Ways to lose access -------------------------------------------------------------------------
@dataclass(frozen=True)
class Loss:
    """One way for one persona to lose what has an audience, and the doors it must close."""

    name: str
    persona: str
    audience: str
    doors: tuple[str, ...]
    happen: Callable[[Scene, Things], object]


CIRCLE = "circle"


def _other_sector(scene: Scene, things: Things) -> None:
    ours = scene.person("circle_member").organisation
    ours.sector = Sector.BANK
    organisations.save_organisation(actor=scene.administrator, organisation=ours)


def _becomes_private(scene: Scene, things: Things) -> None:
    ours = scene.person("public_account").organisation
    ours.kind = Kind.PRIVATE
    organisations.save_organisation(actor=scene.administrator, organisation=ours)


def _other_employer(scene: Scene, things: Things) -> None:
    person = scene.person("circle_member")
    person.organisation = OrganisationFactory(name="Gemeente van de proef")
    person.save()


def _no_roles(name: str) -> Callable[[Scene, Things], None]:
    def happen(scene: Scene, things: Things) -> None:
        roles.set_roles(actor=scene.administrator, person=scene.person(name), roles=[])

    return happen


def _switched_off(name: str) -> Callable[[Scene, Things], None]:
    def happen(scene: Scene, things: Things) -> None:
        accounts.deactivate(actor=scene.administrator, person=scene.person(name))

    return happen


def _out_of_circle(name: str) -> Callable[[Scene, Things], None]:
    def happen(scene: Scene, things: Things) -> None:
        circles.remove_from_circle(
            actor=scene.administrator, circle=scene.circle, person=scene.person(name)
        )

    return happen


def _narrower_page(audience: str) -> Callable[[Scene, Things], None]:
    def happen(scene: Scene, things: Things) -> None:
        theme = ThemePage.objects.get(pk=things.theme.pk)
        pages.change_audience(actor=scene.insider, page=theme, audience=audience)

    return happen


def _narrower_file(scene: Scene, things: Things) -> None:
    file = Document.objects.get(pk=things.file.pk)
    files.change_audience(actor=scene.insider, file=file, audience=tokens.NOBODY)


def _remove_file(scene: Scene, things: Things) -> None:
    DocumentFile.objects.filter(document=things.file).delete()
    files.remove(actor=scene.insider, file=Document.objects.get(pk=things.file.pk))


def _hides_profile(scene: Scene, things: Things) -> None:
    User.objects.filter(pk=scene.colleague.pk).update(show_profile=ShownTo.NOBODY)


def _delete_page(scene: Scene, things: Things) -> None:
    ThemePage.objects.get(pk=things.theme.pk).delete()


LOSSES = (
    Loss(
        "part taken out of the circle",
        "circle_member",
        CIRCLE,
        READER,
        lambda scene, things: circles.save_circle(
            actor=scene.administrator, circle=scene.circle, parts=()
        ),
    ),
    Loss(
        "circle deleted",
        "circle_member",
        CIRCLE,
        READER,
        lambda scene, things: circles.delete_circle(actor=scene.administrator, circle=scene.circle),
    ),
    Loss(
        "grant taken back",
        "circle_member_by_name",
        CIRCLE,
        READER,
        _out_of_circle("circle_member_by_name"),
    ),
    Loss("organisation in another sector", "circle_member", CIRCLE, READER, _other_sector),
    Loss("other employer", "circle_member", CIRCLE, READER, _other_employer),
    Loss("switched off", "circle_member", CIRCLE, READER, _switched_off("circle_member")),
    Loss(
        "organisation turns private",
        "public_account",
        tokens.PUBLIC_SECTOR,
        (*READER, "colleague"),
        _becomes_private,
    ),
    Loss("editor out of the circle", "editor", CIRCLE, EDITOR, _out_of_circle("editor")),
    Loss("role of editor taken", "editor", CIRCLE, (*CMS, "cms_file"), _no_roles("editor")),
    Loss("editor switched off", "editor", CIRCLE, EDITOR, _switched_off("editor")),
    Loss(
        "role of organisation administrator taken",
        "organisation_administrator",
        CIRCLE,
        ("organisation",),
        _no_roles("organisation_administrator"),
    ),
    Loss(
        "page set to nobody",
        "circle_member",
        CIRCLE,
        (*PAGE, *MARKS, "facet", "home"),
        _narrower_page(tokens.NOBODY),
    ),
    Loss(
        "public page narrowed to accounts",
        "anonymous",
        tokens.PUBLIC,
        (*PAGE, "facet", "home"),
        _narrower_page(tokens.ACCOUNTS),
    ),
    Loss(
        "page unpublished",
        "circle_member",
        CIRCLE,
        (*PAGE, *MARKS, "facet", "home"),
        lambda scene, things: ThemePage.objects.get(pk=things.theme.pk).unpublish(),
    ),
    Loss("page deleted", "circle_member", CIRCLE, (*PAGE, *MARKS, "facet", "home"), _delete_page),
    Loss("file set to nobody", "circle_member", CIRCLE, FILE, _narrower_file),
    Loss(
        "file removed",
        "circle_member",
        CIRCLE,
        FILE,
        _remove_file,
    ),
    Loss("profile hidden", "public_account", CIRCLE, ("colleague",), _hides_profile),
    Loss(
        "invitation withdrawn",
        "anonymous",
        CIRCLE,
        ("invitation",),
        lambda scene, things: invitations.withdraw(
            actor=scene.administrator, invitation=scene.invitation
        ),
    ),
)


# --- One loss, and what survives it --------------------------------------------------------------
@dataclass
class Outcome:
    """What could not be opened even before, and what could still be opened after."""

    shut_before: list[str]
    survivors: list[str]


def suffer(scene: Scene, loss: Loss) -> Outcome:
    """Come through every door, lose access, and try every door again in the same session."""
    things = scene.things[scene.held if loss.audience == CIRCLE else loss.audience]
    persona = scene.world.personas[loss.persona]
    with transaction.atomic():
        before = {name for name in loss.doors if try_door(name, persona, scene, things)}
        loss.happen(scene, things)
        after = {name for name in loss.doors if try_door(name, persona, scene, things)}
        transaction.set_rollback(True)
    return Outcome(sorted(set(loss.doors) - before), sorted(after))


def try_door(name: str, persona: Persona, scene: Scene, things: Things) -> bool:
    """In a transaction that is undone, with a copy of the cookies: the session stays as it was."""
    client = Client()
    client.cookies.load({key: morsel.value for key, morsel in persona.client.cookies.items()})
    with transaction.atomic():
        is_open = DOORS[name](client, scene, things)
        transaction.set_rollback(True)
    return is_open


# --- Holes made on purpose -----------------------------------------------------------------------
@dataclass(frozen=True)
class Mutant:
    """A hole, and the loss after which it must show."""

    name: str
    make: Callable[[pytest.MonkeyPatch], None]
    loss: str

    def is_caught(self, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> bool:
        loss = next(loss for loss in LOSSES if loss.name == self.loss)
        with monkeypatch.context() as patch:
            self.make(patch)
            return bool(suffer(scene, loss).survivors)


def _remember_readers(patch: pytest.MonkeyPatch) -> None:
    from kpo.people import reader

    built: dict[Any, Any] = {}
    really = reader.reader_for

    def remembered(user: Any) -> Any:
        key = getattr(user, "pk", None)
        return built.setdefault(key, really(user))

    patch.setattr(reader, "reader_for", remembered)


def _ignore_withheld_keys(patch: pytest.MonkeyPatch) -> None:
    from search import generations

    really = generations.snapshot
    patch.setattr(generations, "snapshot", lambda: (really()[0], frozenset()))


def _open_every_file(patch: pytest.MonkeyPatch) -> None:
    from kpo.files.querysets import StoredFileQuerySet

    patch.setattr(StoredFileQuerySet, "visible_to", lambda self, reader: self.all())


def _keep_every_mark(patch: pytest.MonkeyPatch) -> None:
    from kpo.inbox.querysets import PageMarkQuerySet

    patch.setattr(
        PageMarkQuerySet, "visible_to", lambda self, reader: self.filter(person=reader.person)
    )


def _trust_editors(patch: pytest.MonkeyPatch) -> None:
    from kpo.pages import permissions

    patch.setattr(permissions, "can_work_on", lambda user, page: True)
    patch.setattr("kpo.pages.cms_gate.check_pages", lambda request, kwargs: None)


def _keep_invitations(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        invitations,
        "find_usable",
        lambda secret: Invitation.objects.filter(secret_digest=invitations.digest(secret)).first(),
    )


MUTANTS = (
    Mutant("reader kept between requests", _remember_readers, "grant taken back"),
    Mutant("withheld keys ignored", _ignore_withheld_keys, "page set to nobody"),
    Mutant("file view opened", _open_every_file, "file set to nobody"),
    Mutant("marks unfiltered", _keep_every_mark, "part taken out of the circle"),
    Mutant("audience ignored in the CMS", _trust_editors, "editor out of the circle"),
    Mutant("withdrawn invitations accepted", _keep_invitations, "invitation withdrawn"),
)
