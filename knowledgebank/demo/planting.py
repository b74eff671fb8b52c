"""Puts the whole demo on the site: what is there stays as it is, what is missing is made."""

from __future__ import annotations

from knowledgebank.demo.around import plant_around
from knowledgebank.demo.content import load
from knowledgebank.demo.documents import plant_documents, plant_drafts
from knowledgebank.demo.ground import Ground, prepare
from knowledgebank.demo.offers import plant_offers
from knowledgebank.demo.reviews import plant_ambassadors, plant_reviews
from knowledgebank.demo.texts import plant_texts
from knowledgebank.demo.themes import plant_themes
from knowledgebank.demo.upkeep import plant_upkeep
from knowledgebank.models import HomePage, KnowledgePage, ThemePage
from knowledgebank.notices import CHANGED, NEW, mark_of
from knowledgebank.site import ensure_site
from kpo import jobs
from kpo.files.models import Document
from kpo.files.states import ExtractionState
from kpo.inbox import actions as inbox
from kpo.inbox.telling import tell

# How many pages and notes of each theme the inboxes begin with.
NEWEST = 2


def plant() -> int:
    """Returns how many pages were made; safe to break off and to repeat."""
    if not HomePage.objects.exists():
        ensure_site()
    ground = prepare(load())
    # Themes link to documents and documents name their themes: so first the pages, then the rest.
    plant_drafts(ground)
    made = plant_themes(ground) + plant_documents(ground) + plant_texts(ground)
    made += plant_around(ground)
    if made:
        mark_for_readers(ground)
        tell_readers(ground)
    plant_ambassadors(ground)
    plant_reviews(ground)
    plant_offers(ground)
    plant_upkeep(ground)
    return made


def mark_for_readers(ground: Ground) -> None:
    """Let people follow and keep what they come for, so that their home page has something."""
    pages = {page.slug: page for page in KnowledgePage.objects.live()}
    for facts in ground.content.people:
        person = ground.people[facts["email"]]
        for slug in facts.get("follows", []):
            inbox.follow(actor=person, page=pages[slug])
        for slug in facts.get("keeps", []):
            inbox.keep(actor=person, page=pages[slug])
        if facts.get("follows"):
            # The others meet the first steps on their home page.
            inbox.end_first_visit(actor=person)


def tell_readers(ground: Ground) -> None:
    """Put the newest of what they follow in their inboxes, as if it came today."""
    followed = ThemePage.objects.live().filter(follows__person__in=ground.people.values())
    for theme in followed.distinct():
        for page in KnowledgePage.objects.live().current().about(theme).newest_first()[:NEWEST]:
            tell(NEW, page.specific, event=str(page.uuid), actor=ground.editor)
        for note in theme.latest_changes[:NEWEST]:
            mark = mark_of(note)
            tell(CHANGED, theme, event=f"{theme.uuid}:{mark}", facts={"note": mark})


def finish() -> None:
    """Return when the files are read and everything can be found."""
    unread = Document.objects.filter(extraction_state=ExtractionState.WAITING)
    jobs.wait_until(lambda: not unread.exists())
