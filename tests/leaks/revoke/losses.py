"""The ways to lose access, each with the doors it must close at the next request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from knowledgebank.models import DocumentFile, ThemePage
from kpo.files import actions as files
from kpo.files.models import Document
from kpo.pages import actions as pages
from kpo.people import tokens
from kpo.people.actions import accounts, circles, invitations, organisations, roles
from kpo.people.choices import Kind, Sector, ShownTo
from kpo.people.models import User
from tests.factories.people import OrganisationFactory
from tests.leaks.revoke.doors import before_board
from tests.leaks.revoke.scene import Scene, Things

SEARCH = ("hit", "hit_by_date", "total", "suggestion", "correction", "alike")
PAGE = ("page", "list_of_pages", *SEARCH)
INBOX = ("inbox", "line_of_inbox", "bell", "queued_digest")
MARKS = ("bookmarks", "follow", "own_data", *INBOX)
FILE = ("file", "preview", "hit_in_file", "inside")
AGENDA = ("event_page", "agenda", "event_file", "agenda_feed")
OF_BOARD = (
    "board_list",
    "board_agenda",
    "board_item",
    "board_text",
    "board_history",
    "board_ambassadors",
    "board_concerns",
    "board_work",
)
JUDGING = ("board_item", "board_text", "board_file")
PERSON = ("colleague", "listed_colleague", "followed_colleague")
CMS = ("cms_page", "cms_history", "cms_explorer")
READER = (
    *PAGE,
    *MARKS,
    *FILE,
    *AGENDA,
    "document_page",
    "facet",
    "image",
    "home",
    "themes_of_a_report",
)
EDITOR = (*READER, *CMS, "cms_file", "insight")


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


def _end_round(scene: Scene, things: Things) -> None:
    before_board(things).workflow_state.cancel(user=None)


def _hides_profile(scene: Scene, things: Things) -> None:
    User.objects.filter(pk=scene.colleague.pk).update(show_profile=ShownTo.NOBODY)


def _leaves_directory(scene: Scene, things: Things) -> None:
    User.objects.filter(pk=scene.colleague.pk).update(in_directory=False)


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
        (*READER, *PERSON),
        _becomes_private,
    ),
    Loss("editor out of the circle", "editor", CIRCLE, EDITOR, _out_of_circle("editor")),
    Loss(
        "role of editor taken",
        "editor",
        CIRCLE,
        (*CMS, "cms_file", "insight", "synonyms"),
        _no_roles("editor"),
    ),
    Loss("editor switched off", "editor", CIRCLE, EDITOR, _switched_off("editor")),
    Loss(
        "member of the board out of the circle",
        "board_member",
        CIRCLE,
        (*READER, *OF_BOARD),
        _out_of_circle("board_member"),
    ),
    Loss(
        "role of member of the board taken",
        "board_member",
        CIRCLE,
        OF_BOARD,
        _no_roles("board_member"),
    ),
    Loss(
        "partner who judges out of the circle",
        "reviewer",
        CIRCLE,
        (*JUDGING, "board_history"),
        _out_of_circle("reviewer"),
    ),
    Loss("role of partner who judges taken", "reviewer", CIRCLE, JUDGING, _no_roles("reviewer")),
    Loss("partner who judges switched off", "reviewer", CIRCLE, JUDGING, _switched_off("reviewer")),
    Loss("round before the board ended", "reviewer", CIRCLE, ("board_file",), _end_round),
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
    Loss("profile hidden", "public_account", CIRCLE, PERSON, _hides_profile),
    Loss("left the directory", "public_account", CIRCLE, PERSON[1:], _leaves_directory),
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
