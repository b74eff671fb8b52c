"""What all demo pages stand on: who is there, which audience a text means, and how it is put up."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from knowledgebank.demo import accounts
from knowledgebank.demo.content import Content
from knowledgebank.models import KnowledgePage
from knowledgebank.review.actions.releases import let_in
from kpo.files.actions import store_document
from kpo.files.models import Document
from kpo.pages.models import ReadablePage
from kpo.people import tokens
from kpo.people.models import Circle, Organisation, User

EDITOR = "redacteur@kpo.example"
ADMINISTRATOR = "beheerder@kpo.example"


@dataclass(frozen=True)
class Ground:
    """The people, organisations and circles of the demo, by the keys its texts use."""

    content: Content
    organisations: dict[str, Organisation]
    people: dict[str, User]
    circles: dict[str, Circle]

    @property
    def editor(self) -> User:
        return self.people[EDITOR]

    def audience(self, text: str) -> str:
        """`circle:riec` → the token of that circle; a fixed token as it is."""
        prefix, _, key = text.partition(":")
        return self.circles[key].token if prefix == tokens.CIRCLE else text

    def add(self, parent: Any, page: ReadablePage) -> Any:
        """Put `page` under `parent` as a draft that belongs to the editor."""
        page.live = False
        page.owner = self.editor
        parent.refresh_from_db()
        parent.add_child(instance=page)
        return page

    def publish(self, page: ReadablePage, on: date) -> None:
        """Publish as the editor does, as if that was on the day the text has."""
        page.first_published_at = datetime.combine(on, time(9), tzinfo=UTC)
        revision = page.save_revision(user=self.editor)
        if isinstance(page, KnowledgePage):
            let_in(actor=None, page=page, source="demo")
        revision.publish(user=self.editor)
        page.refresh_from_db()

    def store(self, content: bytes, *, name: str, audience: str, title: str) -> Document:
        """Take in a file of the editor; made here, it needs no scan before it is let through."""
        return store_document(
            actor=None,
            owner=self.editor,
            upload=io.BytesIO(content),
            name=name,
            audience=audience,
            title=title,
        )


def prepare(content: Content) -> Ground:
    """Make who and what is missing."""
    organisations = accounts.plant_organisations(content)
    people = accounts.plant_people(content, organisations)
    circles = accounts.plant_circles(content, people[ADMINISTRATOR])
    return Ground(content, organisations, people, circles)
