"""The themes and documents of the load model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.rich_text import RichText

from knowledgebank.item_types import DOCUMENT
from knowledgebank.models import (
    DocumentIndexPage,
    KnowledgeDocument,
    ThemeIndexPage,
    ThemePage,
)
from knowledgebank.notices import NEW
from knowledgebank.review.actions.releases import let_in
from knowledgebank.vocabulary import DocumentKind
from kpo.inbox.models import Follow, Notification
from kpo.load_model import ACTIVE, LINES, PAGES, PASSAGES, REVISIONS, Load, register
from kpo.people import tokens
from kpo.people.load_parts import DOMAIN
from kpo.people.models import User
from search import rows
from search.records import Passage, SearchRecord

THEMES = 12
# Of a hundred pages: for everybody, for all accounts, for public partners.
AUDIENCES = {tokens.PUBLIC: 40, tokens.ACCOUNTS: 50, tokens.PUBLIC_SECTOR: 10}
FIRST_DAY, DAYS = dt.date(2018, 1, 1), 2_900


def knowledge(load: Load) -> Iterator[str]:
    """Themes and documents with their revisions; of the whole platform the search records only."""
    if load.scale == "L":
        yield from records(load, load.share(PAGES))
        return
    about = themes(load)
    yield f"{len(about)} thema's"
    total = load.share(PAGES)
    for number, _ in enumerate(documents(load, total, about, revisions=REVISIONS), start=1):
        if number % 50 == 0 or number == total:
            yield f"{number} van {total} documenten met {REVISIONS} revisies"


def themes(load: Load) -> list[ThemePage]:
    found = []
    index = ThemeIndexPage.objects.get()
    for number in range(1, THEMES + 1):
        page = ThemePage(
            title=f"{load.title()} {number}",
            slug=f"load-thema-{number}",
            summary=load.text(24)[:250],
            what=f"<p>{load.text()}</p>",
            audience=tokens.PUBLIC,
            live=False,
        )
        _publish(index, page, revisions=1)
        found.append(page)
    return found


def documents(
    load: Load,
    count: int,
    about: Sequence[ThemePage],
    *,
    revisions: int,
    audiences: Sequence[str] = (),
) -> Iterator[KnowledgeDocument]:
    """Published documents, one transaction each; `audiences` instead of the usual ones."""
    index = DocumentIndexPage.objects.get()
    for number in range(1, count + 1):
        page = KnowledgeDocument(
            title=f"{load.title()} {number}",
            slug=f"load-document-{number}",
            summary=load.text(24)[:250],
            kind=load.dice.choice(DocumentKind.values),
            dated_on=_day(load),
            body=list(_body(load)),
            audience=load.dice.choice(audiences) if audiences else _audience(load),
            live=False,
        )
        page.themes = load.dice.sample(list(about), k=1)
        _publish(index, page, revisions=revisions)
        yield page


@transaction.atomic
def _publish(parent: Any, page: Any, *, revisions: int) -> None:
    parent.refresh_from_db()
    parent.add_child(instance=page)
    for number in range(revisions, 0, -1):
        revision = page.save_revision(changed=number > 1)
        if number == 1:
            let_in(actor=None, page=page, source="load model")
            revision.publish()


def records(load: Load, count: int) -> Iterator[str]:
    """What search would hold of documents, without the documents: no hit of these opens."""
    for number in range(1, count + 1):
        rows.write(
            SearchRecord(
                key=f"document:{UUID(int=load.dice.getrandbits(128))}",
                type="document",
                title=f"{load.title()} {number}",
                audience=_audience(load),
                url=f"/documenten/load-document-{number}/",
                summary=load.text(24),
                kind=load.dice.choice(DocumentKind.values),
                date=_day(load),
                passages=tuple(
                    Passage(text=load.text(), heading=load.title(), page=page)
                    for page in range(1, _passages() + 1)
                ),
            )
        )
        if number % 100 == 0 or number == count:
            yield f"{number} van {count} documenten, alleen voor zoeken"


def _passages() -> int:
    return PASSAGES // PAGES


def _body(load: Load) -> Iterator[tuple[str, Any]]:
    for _ in range(_passages()):
        yield "heading", load.title()
        yield "paragraph", RichText(f"<p>{load.text()}</p>")


def _audience(load: Load) -> str:
    return load.dice.choices(list(AUDIENCES), weights=list(AUDIENCES.values()))[0]


def _day(load: Load) -> dt.date:
    return FIRST_DAY + dt.timedelta(days=load.dice.randrange(DAYS))


def news(load: Load) -> Iterator[str]:
    """Who is active follows three themes, and has an inbox of which a third is new."""
    if load.scale == "L":
        return
    pages = list(KnowledgeDocument.objects.filter(slug__startswith="load-"))
    themes = list(ThemePage.objects.filter(slug__startswith="load-thema-"))
    everyone = list(User.objects.filter(email__endswith=f"@{DOMAIN}").order_by("pk"))
    active = load.dice.sample(everyone, k=max(1, round(ACTIVE * len(everyone))))
    Follow.objects.bulk_create(
        Follow(person=person, page_id=theme.pk)
        for person in active
        for theme in load.dice.sample(themes, k=min(3, len(themes)))
    )
    lines = [
        _line(load, person, number, load.dice.choice(pages))
        for person in active
        for number in range(LINES)
    ]
    Notification.objects.bulk_create(lines, batch_size=1000)
    yield f"{len(lines)} berichten voor {len(active)} mensen"


def _line(load: Load, person: User, number: int, page: KnowledgeDocument) -> Notification:
    return Notification(
        person=person,
        kind=NEW.name,
        event=f"load-{number}",
        item_type=DOCUMENT.name,
        item_uuid=page.uuid,
        read_at=None if load.dice.random() < 1 / 3 else timezone.now(),
    )


register(knowledge)
register(news)
