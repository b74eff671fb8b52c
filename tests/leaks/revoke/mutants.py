"""Holes made on purpose, each with the loss after which it must show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Q

from kpo.people.actions import invitations
from kpo.people.models import Invitation
from tests.leaks.revoke.losses import LOSSES
from tests.leaks.revoke.scene import Scene
from tests.leaks.revoke.suffering import suffer


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


def _keep_every_line(patch: pytest.MonkeyPatch) -> None:
    """The bell, the list and the mail forget to ask what may still be read."""
    from kpo.inbox import querysets

    patch.setattr(querysets, "readable_by", lambda reader: Q())


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
    Mutant("inbox unfiltered", _keep_every_line, "grant taken back"),
    Mutant("audience ignored in the CMS", _trust_editors, "editor out of the circle"),
    Mutant("withdrawn invitations accepted", _keep_invitations, "invitation withdrawn"),
)
