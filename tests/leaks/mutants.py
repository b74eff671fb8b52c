"""Holes made on purpose, each on its own route; a harness that does not see them proves nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core import mail
from django.db import transaction

from tests.leaks.mails import mail_everybody
from tests.leaks.walk import Walk
from tests.leaks.world import World


@dataclass(frozen=True)
class Mutant:
    """A hole, and the requests on which it shows."""

    name: str
    make: Callable[[pytest.MonkeyPatch], None]
    ask: Callable[[Walk], None]

    def is_caught(self, world: World, monkeypatch: pytest.MonkeyPatch) -> bool:
        with monkeypatch.context() as patch:
            self.make(patch)
            walk = Walk(world)
            self.ask(walk)
            return bool(walk.leaks)


def _as_outsiders(walk: Walk, address: str) -> None:
    for name in ("anonymous", "private_account", "public_account"):
        walk.ask(walk.world.personas[name], "GET", address)


def _open_every_page(patch: pytest.MonkeyPatch) -> None:
    from kpo.people.reader import Reader

    patch.setattr(Reader, "holds", lambda self, token: True)


def _ask_pages(walk: Walk) -> None:
    for page in walk.world.pages:
        _as_outsiders(walk, page.get_url() or "/")


def _list_every_page(patch: pytest.MonkeyPatch) -> None:
    from kpo.pages.querysets import ReadablePageQuerySet

    patch.setattr(ReadablePageQuerySet, "visible_to", lambda self, reader: self.filter(live=True))


def _ask_lists(walk: Walk) -> None:
    for address in ("/", "/themas/", "/documenten/", "/praktijk/", "/nieuws/"):
        _as_outsiders(walk, address)


def _open_every_file(patch: pytest.MonkeyPatch) -> None:
    from kpo.files.querysets import StoredFileQuerySet

    patch.setattr(StoredFileQuerySet, "visible_to", lambda self, reader: self.all())


def _ask_files(walk: Walk) -> None:
    for document in walk.world.documents:
        _as_outsiders(walk, document.url)


def _show_every_announcement(patch: pytest.MonkeyPatch) -> None:
    from kpo.people.querysets import AudienceQuerySet

    patch.setattr(AudienceQuerySet, "visible_to", lambda self, reader: self.all())


def _open_the_cms(patch: pytest.MonkeyPatch) -> None:
    from kpo.pages import cms_gate, permissions

    patch.setattr(permissions, "can_work_on", lambda user, page: True)
    patch.setattr(cms_gate, "check_pages", lambda request, kwargs: None)


def _open_the_gate(patch: pytest.MonkeyPatch) -> None:
    from kpo.pages import cms_gate

    patch.setattr(cms_gate, "check_snippet", lambda request, match: None)


def _ask_snippets(walk: Walk) -> None:
    from kpo.pages.models import Announcement

    for row in Announcement.objects.all():
        address = f"/cms/snippets/pages/announcement/edit/{row.pk}/"
        walk.ask(walk.world.personas["editor"], "GET", address)


def _ask_cms(walk: Walk) -> None:
    editor = walk.world.personas["editor"]
    for page in walk.world.pages:
        walk.ask(editor, "GET", f"/cms/pages/{page.pk}/edit/")


def _mail_the_whole_group(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("kpo.pages.notifications.can_work_on", lambda user, page: True)


def _hand_in(walk: Walk) -> None:
    """Send a page of the circle back and hand it in again, as somebody of the circle."""
    author = walk.world.person("circle_editor")
    held = [one for one in walk.world.pages if one.audience == walk.world.circle.token]
    page = next(one for one in held if one.mails_workflow)
    mail.outbox.clear()
    with transaction.atomic():
        state = type(page).objects.get(pk=page.pk).current_workflow_state
        state.current_task_state.specific.reject(user=author)
        type(page).objects.get(pk=page.pk).current_workflow_state.resume(user=author)
        transaction.set_rollback(True)
    walk.check_mail()


def _name_what_is_closed(patch: pytest.MonkeyPatch) -> None:
    from kpo.people.reader import Reader

    patch.setattr(Reader, "outside", property(lambda self: self))


MUTANTS = [
    Mutant("page check dropped", _open_every_page, _ask_pages),
    Mutant("list filter dropped", _list_every_page, _ask_lists),
    Mutant("file view opened", _open_every_file, _ask_files),
    Mutant(
        "announcements unfiltered", _show_every_announcement, lambda walk: _as_outsiders(walk, "/")
    ),
    Mutant("audience ignored in the CMS", _open_the_cms, _ask_cms),
    Mutant("mail of workflows unchecked", _mail_the_whole_group, _hand_in),
    Mutant("closed content in a mail", _name_what_is_closed, mail_everybody),
    Mutant("gate before snippets dropped", _open_the_gate, _ask_snippets),
]
