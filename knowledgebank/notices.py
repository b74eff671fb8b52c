"""What followers of a theme, a document or a practice hear of: what changed, and what is new."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from knowledgebank import followers
from knowledgebank.agenda.notices import EVENT_CHANGED, NEW_EVENT
from knowledgebank.models import ChangeNote, EventPage, KnowledgePage, Practice, ThemePage
from knowledgebank.offering import notices as of_offers
from knowledgebank.offering.followed import BY_PERSON
from knowledgebank.regions.notices import IN_REGION
from knowledgebank.review import notices as of_reviews
from knowledgebank.upkeep import notices as of_upkeep
from knowledgebank.vocabulary import Significance
from kpo.inbox.channels import Channel
from kpo.inbox.kinds import Kind, register
from kpo.inbox.models import Notification
from kpo.inbox.telling import tell
from kpo.pages.signals import went_live
from kpo.people.models import User
from kpo.people.reader import Reader

UPDATED = "De pagina is bijgewerkt."
IMPORTANT = "Belangrijk: "
# Registered by being imported.
AGENDA = (NEW_EVENT, EVENT_CHANGED)
REVIEWS = (of_reviews.SUBMITTED, of_reviews.ASKED, of_reviews.DECIDED, of_reviews.RESTARTED)
UPKEEP = (
    of_upkeep.RAISED,
    of_upkeep.HANDED,
    of_upkeep.ANSWERED,
    of_upkeep.DUE,
    of_upkeep.INHERITED,
    of_upkeep.WEEK,
)
OFFERS = (of_offers.SENT, of_offers.ASKED, of_offers.ANSWERED, of_offers.STEP, of_offers.CONSENT)


# --- Who ----------------------------------------------------------------------------------------
def followers_of_it(page: Any, facts: Mapping[str, Any]) -> QuerySet[User]:
    return User.objects.filter(follows__page_id=page.pk)


def followers_of_its_themes(page: Any, facts: Mapping[str, Any]) -> QuerySet[User]:
    return followers.of_pages(page.themes.filter(live=True))


# --- In which words -----------------------------------------------------------------------------
def what_changed(reader: Reader, told: Sequence[Notification]) -> dict[int, str]:
    """The change note that was told, if it still stands on the page."""
    uuids = {one.item_uuid for one in told}
    notes = ChangeNote.objects.filter(page__uuid__in=uuids).select_related("page")
    texts = {(note.page.uuid, mark_of(note)): text_of(note) for note in notes}
    return {one.pk: texts.get((one.item_uuid, one.facts.get("note")), UPDATED) for one in told}


def text_of(note: ChangeNote) -> str:
    return f"{IMPORTANT if note.significance == Significance.IMPORTANT else ''}{note.text}"


def mark_of(note: ChangeNote) -> str:
    """Names a note by what it says: its row is written anew with every publication."""
    return hashlib.sha256(f"{note.on}|{note.text}".encode()).hexdigest()[:16]


def where_new(reader: Reader, told: Sequence[Notification]) -> dict[int, str]:
    """The themes for which it is new: those that the reader follows and may read."""
    themes = ThemePage.objects.visible_to(reader).filter(follows__person=reader.person)
    names: dict[Any, list[str]] = {}
    pairs = themes.filter(knowledge__uuid__in={one.item_uuid for one in told})
    for uuid, title in pairs.order_by("title").values_list("knowledge__uuid", "title"):
        names.setdefault(uuid, []).append(title)
    return {
        one.pk: f"Nieuw bij {', '.join(names[one.item_uuid])}."
        if one.item_uuid in names
        else "Nieuw in de kennisbank."
        for one in told
    }


CHANGED = register(
    Kind(
        name="knowledge.changed",
        label="Iets dat je volgt is veranderd",
        explanation="Een thema, document of praktijkvoorbeeld kreeg een nieuwe tekst, met een "
        "notitie over wat er anders is.",
        heading="Veranderd in wat je volgt",
        default=Channel.WEEKLY,
        receivers=followers_of_it,
        sentences=what_changed,
        glyph="history",
    )
)
NEW = register(
    Kind(
        name="knowledge.new",
        label="Nieuw bij een thema dat je volgt",
        explanation="Er kwam een document of praktijkvoorbeeld bij.",
        heading="Nieuw bij thema's die je volgt",
        default=Channel.WEEKLY,
        receivers=followers_of_its_themes,
        sentences=where_new,
        glyph="file-text",
    )
)


# --- When ---------------------------------------------------------------------------------------
def published(sender: type, page: Any, since: datetime | None, **kwargs: Any) -> None:
    """Tell of a first publication, and later of each change note that came with one.

    A publication without a note, or with a small one, tells nobody: a typing error is no news.
    """
    actor = page.live_revision.user if page.live_revision is not None else None
    if isinstance(page, EventPage) and since is None and not page.is_past:
        tell(NEW_EVENT, page, event=str(page.uuid), actor=actor)
        tell(IN_REGION, page, event=str(page.uuid), actor=actor)
    if not isinstance(page, KnowledgePage):
        return
    if since is None:
        if not isinstance(page, ThemePage):
            tell(NEW, page, event=str(page.uuid), actor=actor)
            tell(IN_REGION, page, event=str(page.uuid), actor=actor)
        if isinstance(page, Practice):
            tell(BY_PERSON, page, event=str(page.uuid), actor=actor)
        return
    for note in page.change_notes.all():
        if note.on >= timezone.localdate(since) and note.significance != Significance.MINOR:
            mark = mark_of(note)
            tell(CHANGED, page, event=f"{page.uuid}:{mark}", actor=actor, facts={"note": mark})


went_live.connect(published, dispatch_uid="knowledgebank.notices")
