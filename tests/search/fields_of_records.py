"""What records read of which model, with another value for each: saving that changes the index.

The test beside this fails for a field that is read and stands in none of these.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from knowledgebank.models import (
    Barrier,
    DocumentFile,
    EventPage,
    GlossaryPage,
    GlossaryTerm,
    Initiative,
    KnowledgeDocument,
    NewsPage,
    Offer,
    PlainPage,
    Practice,
    RegionPage,
    ThemePage,
)
from kpo.files.models import Document
from kpo.files.states import ExtractionState, ScanState
from kpo.people import tokens
from kpo.people.models import Organisation, User

BODY = [{"type": "paragraph", "value": "<p>Anders.</p>"}]
NEW = "Anders"
LATER = timezone.now() + timedelta(days=900)

PAGE = {"title": NEW, "live": False, "audience": tokens.ACCOUNTS, "url_path": "/anders/"}
KNOWLEDGE = PAGE | {
    "short_names": [NEW],
    "summary": NEW,
    "regions": ["noord-nederland"],
    "obsolete_since": date(2020, 1, 1),
    "first_published_at": timezone.now() - timedelta(days=900),
}
SAVED: dict[type, dict[str, Any]] = {
    ThemePage: KNOWLEDGE
    | {
        "slug": "anders",
        "what": "<p>Anders.</p>",
        "in_short": [{"type": "point", "value": NEW}],
        "manifestations": [{"type": "manifestation", "value": {"title": NEW, "text": NEW}}],
        "signals": [{"type": "signal", "value": {"title": NEW, "text": "", "seen_where": ""}}],
        "interventions": [],
        "stages": [],
    },
    KnowledgeDocument: KNOWLEDGE
    | {
        "body": BODY,
        "kind": "toolbox",
        "dated_on": date(2020, 1, 1),
        "language": "en",
        "publisher_id": None,
    },
    Practice: KNOWLEDGE
    | {"body": BODY, "place": NEW, "effort": NEW, "outcome": NEW, "organisation_id": None},
    EventPage: PAGE
    | {
        "summary": NEW,
        "body": BODY,
        "regions": ["noord-nederland"],
        "intended_for": NEW,
        "place": NEW,
        "starts_at": timezone.now(),
        "ends_at": LATER,
        "organisation_id": None,
    },
    RegionPage: PAGE
    | {
        "summary": NEW,
        "body": BODY,
        "region": "noord-nederland",
        "first_published_at": KNOWLEDGE["first_published_at"],
    },
    Initiative: {"title": NEW, "what": NEW, "contact": NEW, "organisation_id": None},
    Offer: {"attribution": "name"},
    NewsPage: PAGE | {"intro": NEW, "body": BODY, "dated_on": date(2020, 1, 1)},
    PlainPage: PAGE
    | {"intro": NEW, "body": BODY, "first_published_at": KNOWLEDGE["first_published_at"]},
    GlossaryPage: PAGE | {"intro": NEW},
    GlossaryTerm: {"term": NEW, "abbreviation": NEW, "meaning": NEW},
    Barrier: {"title": NEW, "text": NEW, "audience": tokens.NOBODY},
    DocumentFile: {"is_superseded": True},
    Document: {
        "audience": tokens.NOBODY,
        "extraction_state": ExtractionState.WAITING,
        "is_held": True,
        "media_type": "application/pdf",
        "original_name": "anders.txt",
        "scan_state": ScanState.INFECTED,
    },
    Organisation: {"name": NEW},
    User: {
        "first_name": NEW,
        "last_name": NEW,
        "function": NEW,
        "expertise": NEW,
        "interests": ["anders"],
        "show_profile": "nobody",
        "show_function": "nobody",
        "show_expertise": "nobody",
        "show_interests": "nobody",
    },
}
# Read too, and changed by one of the ways below.
BY_VOTES = "knowledgebank.review.actions.appraisals.appraise"
ELSEWHERE = {
    "files.FilePage.anchor": "text_extracted",
    "files.FilePage.document_id": "text_extracted",
    "files.FilePage.heading": "text_extracted",
    "files.FilePage.number": "text_extracted",
    "files.FilePage.text": "text_extracted",
    "knowledgebank.DocumentFile.document_id": "another file",
    "knowledgebank.DocumentFile.page_id": "a file less",
    "knowledgebank.DocumentFile.sort_order": "files in another order",
    "knowledgebank.EventPage_themes.eventpage_id": "a theme less",
    "knowledgebank.EventPage_themes.themepage_id": "a theme less",
    "knowledgebank.Initiative.page_id": "an initiative less",
    "knowledgebank.Initiative.sort_order": "an initiative less",
    "knowledgebank.Practice.offer_id": "knowledgebank.offering.actions.drafting.show_name",
    "knowledgebank.PracticeFile.document_id": "another file of a practice",
    "knowledgebank.PracticeFile.page_id": "a file of a practice less",
    "knowledgebank.PracticeFile.sort_order": "another file of a practice",
    "knowledgebank.KnowledgePage_themes.knowledgepage_id": "a theme less",
    "knowledgebank.KnowledgePage_themes.themepage_id": "a theme less",
    "knowledgebank.KnowledgeDocument.release_id": BY_VOTES,
    "knowledgebank.Practice.release_id": BY_VOTES,
    "knowledgebank.ThemePage.release_id": BY_VOTES,
    "pages.ReadablePage.audience": "a theme closed",
    "people.User.is_active": "kpo.people.actions.accounts.deactivate",
    "people.User.organisation_id": "a person to another employer",
    "wagtailcore.Page.live": "a theme taken down",
    # Only the order in which the themes of a page are read, which are sorted afterwards.
    "wagtailcore.Page.path": "wagtail.actions.move_page",
}
# Read by what also answers readers who see more, and kept out of what everyone may find.
KEPT_OUT = {
    "people.User.email": "anders@voorbeeld.nl",
    "people.User.phone": "06",
    "people.User.show_email": "nobody",
}
